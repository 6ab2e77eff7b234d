import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { MigrationState } from "@/api/types";
import { Page } from "@/components/card";
import { Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { migrationQuery } from "./api";
import { MigrationEditor } from "./editor";
import { ReadOnlyMigration } from "./read-only";

/** A half-done one as well: what failed in it is corrected here. */
const WRITABLE: readonly MigrationState[] = ["pending", "undone", "out_of_order", "partial"];

/** One migration: to write while it is pending, to read once it is applied. */
export function MigrationPage() {
  const { version } = useParams({ from: "/$environment/migrations/$version" });
  const environment = useEnvironment().name;
  const query = useQuery(migrationQuery(environment, version));
  if (query.data === undefined) {
    return (
      <Page>
        <Loaded query={query} rows={10}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const migration = query.data;
  const writable = WRITABLE.includes(migration.state);
  return writable && migration.checksum ? (
    <MigrationEditor key={`${environment}/${version}`} migration={migration} />
  ) : (
    <ReadOnlyMigration migration={migration} />
  );
}
