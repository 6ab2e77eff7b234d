import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Page } from "@/components/card";
import { Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { migrationQuery } from "./api";
import { MigrationEditor } from "./editor";
import { ReadOnlyMigration } from "./read-only";

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
  const writable = migration.state === "pending" || migration.state === "undone";
  return writable && migration.checksum ? (
    <MigrationEditor key={`${environment}/${version}`} migration={migration} />
  ) : (
    <ReadOnlyMigration migration={migration} />
  );
}
