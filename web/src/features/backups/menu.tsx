import { Menu } from "@base-ui/react/menu";
import {
  BadgeCheck,
  Ellipsis,
  type LucideIcon,
  PencilLine,
  Pin,
  PinOff,
  ShieldCheck,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { useEnvironment } from "@/lib/environment";
import { useChangeBackup, useProveBackup, useVerifyBackup } from "./api";
import { canRestore, canVerify } from "./usable";

/** What a choice of the menu opens a dialog for. */
export type Asked = "delete" | "edit" | "restore";

interface ItemProps {
  icon: LucideIcon;
  word: string;
  grave?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

function Item({ icon: Icon, word, grave = false, disabled = false, onClick }: ItemProps) {
  return (
    <Menu.Item
      disabled={disabled}
      onClick={onClick}
      className={`flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[disabled]:cursor-not-allowed data-[disabled]:text-ink-3 data-[highlighted]:bg-sunken ${grave ? "text-del" : ""}`}
    >
      <Icon size={15} aria-hidden />
      {word}
    </Menu.Item>
  );
}

interface BackupMenuProps {
  backup: Backup;
  onAsk: (what: Asked, backup: Backup) => void;
}

export function BackupMenu({ backup, onAsk }: BackupMenuProps) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const change = useChangeBackup(environment);
  const verify = useVerifyBackup();
  const prove = useProveBackup();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={t("backups.more", { name: backup.label ?? backup.id })}
        className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink data-[popup-open]:bg-sunken max-md:size-10"
      >
        <Ellipsis size={17} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className="min-w-48 rounded-lg border border-line bg-surface p-1.5 text-ink shadow-float">
            {/* What Neon keeps holds no file that could be read. */}
            {backup.kind === "dump" && (
              <>
                <Item
                  icon={ShieldCheck}
                  word={t("backups.verify")}
                  disabled={!canVerify(backup) || verify.isPending}
                  onClick={() => verify.mutate(backup.id)}
                />
                <Item
                  icon={BadgeCheck}
                  word={t("backups.prove")}
                  disabled={!canRestore(backup) || prove.isPending}
                  onClick={() => prove.mutate(backup.id)}
                />
              </>
            )}
            <Item
              icon={backup.pinned ? PinOff : Pin}
              word={t(backup.pinned ? "backups.unpin" : "backups.pin")}
              onClick={() => change.mutate({ id: backup.id, pinned: !backup.pinned })}
            />
            <Item
              icon={PencilLine}
              word={t("backups.rename")}
              onClick={() => onAsk("edit", backup)}
            />
            <Menu.Separator className="my-1 h-px bg-line" />
            <Item
              grave
              icon={Trash2}
              word={t("backups.delete")}
              onClick={() => onAsk("delete", backup)}
            />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
