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
    <li className="flex flex-col gap-2 border-line p-4 max-lg:border-t lg:border-l lg:first:border-l-0 max-lg:first:border-t-0">
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
  const dialogs = (
    <>
      <RepairDialog migration={migration} action={asked === "new" ? null : asked} onClose={close} />
      <NewMigration open={asked === "new"} onClose={close} />
    </>
  );
  if (missing) {
    return (
      <Card className="shrink-0">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-72">
            <h2 className="font-semibold">{t("repair.write_file.title")}</h2>
            <p className="text-ink-2">{t("repair.write_file.about")}</p>
            <p className="text-sm text-ink-3">{t("repair.touches.file")}</p>
          </div>
          <Button
            look="primary"
            onClick={() => setAsked("restore_file")}
            icon={<FileText size={16} aria-hidden />}
          >
            {t("repair.write_file.action")}
          </Button>
        </div>
        {dialogs}
      </Card>
    );
  }
  return (
    <Card title={t("repair.title")} flush className="shrink-0">
      <ul className="grid lg:grid-cols-3">
        <WayOut
          title={t("repair.restore_file.title")}
          about={t("repair.restore_file.about")}
          touches={t("repair.touches.file")}
        >
          <Button
            onClick={() => setAsked("restore_file")}
            icon={<FileText size={16} aria-hidden />}
          >
            {t("repair.restore_file.action")}
          </Button>
        </WayOut>
        <WayOut
          title={t("repair.fix_record.title")}
          about={t("repair.fix_record.about")}
          touches={t("repair.touches.ledger")}
        >
          <Button onClick={() => setAsked("fix_record")} icon={<FilePen size={16} aria-hidden />}>
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
      </ul>
      {dialogs}
    </Card>
  );
}
