import { FilePen, FileText, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MigrationText } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { NewMigration } from "./new-migration";
import { type RepairAction, RepairDialog } from "./repair-dialog";

interface WayOutProps {
  title: string;
  about: string;
  touches: string;
  children: ReactNode;
}

function WayOut({ title, about, touches, children }: WayOutProps) {
  return (
    <li className="flex flex-col gap-2 p-4 max-lg:border-t max-lg:border-line lg:border-l lg:first:border-l-0 max-lg:first:border-t-0">
      <h3 className="font-semibold">{title}</h3>
      <p className="text-ink-2">{about}</p>
      <p className="text-sm text-ink-3">{touches}</p>
      <div className="mt-auto pt-1">{children}</div>
    </li>
  );
}

/** File and record disagree: three ways out, each named by what it changes. */
export function Repair({ migration }: { migration: MigrationText }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<RepairAction | "new" | null>(null);
  const close = () => setAsked(null);
  const missing = migration.state === "missing";
  const restore = (
    <WayOut
      title={t(missing ? "repair.write_file.title" : "repair.restore_file.title")}
      about={t(missing ? "repair.write_file.about" : "repair.restore_file.about")}
      touches={t("repair.touches.file")}
    >
      <Button
        look={missing ? "primary" : "plain"}
        onClick={() => setAsked("restore_file")}
        icon={<FileText size={16} aria-hidden />}
      >
        {t(missing ? "repair.write_file.action" : "repair.restore_file.action")}
      </Button>
    </WayOut>
  );
  return (
    <Card title={t(missing ? "repair.title_missing" : "repair.title")} flush className="shrink-0">
      <ul className={missing ? "" : "grid lg:grid-cols-3"}>
        {restore}
        {!missing && (
          <>
            <WayOut
              title={t("repair.fix_record.title")}
              about={t("repair.fix_record.about")}
              touches={t("repair.touches.ledger")}
            >
              <Button
                onClick={() => setAsked("fix_record")}
                icon={<FilePen size={16} aria-hidden />}
              >
                {t("repair.fix_record.action")}
              </Button>
            </WayOut>
            <WayOut
              title={t("repair.fix_database.title")}
              about={t("repair.fix_database.about")}
              touches={t("repair.touches.database")}
            >
              <Button onClick={() => setAsked("new")} icon={<Plus size={16} aria-hidden />}>
                {t("migrations.new")}
              </Button>
            </WayOut>
          </>
        )}
      </ul>
      <RepairDialog migration={migration} action={asked === "new" ? null : asked} onClose={close} />
      <NewMigration open={asked === "new"} onClose={close} />
    </Card>
  );
}
