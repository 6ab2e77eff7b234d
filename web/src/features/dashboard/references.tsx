import { Link } from "@tanstack/react-router";
import type { MigrationRef } from "@/api/types";

/** The migrations that a notice speaks of, each with the way to it. */
export function References({
  environment,
  of,
}: {
  environment: string;
  of: readonly MigrationRef[];
}) {
  return (
    <ul className="mt-1 flex flex-col gap-0.5">
      {of.map(({ version, name }) => (
        <li key={version}>
          <Link
            to="/$environment/migrations/$version"
            params={{ environment, version }}
            className="font-mono text-sm text-ink underline underline-offset-2 wrap-anywhere"
          >
            {version}_{name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
