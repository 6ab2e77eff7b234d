import type { Estimate, HeldLock, Plan, Statement } from "@/api/types";
import { shortName } from "@/lib/identity";

/** What stops somebody's work; other changes of the schema are nobody's daily work. */
type Blocks = Exclude<HeldLock["blocks"], "schema_changes" | null>;

/** Somebody who would wait: at which table, from which statement on, and for about how long. */
export interface Wait {
  identity: string;
  blocks: Blocks;
  mode: string;
  version: string;
  line: number;
  /** What the lock is held for, as far as it could be estimated; null where nothing takes long. */
  held: Estimate | null;
}

const STRENGTH: readonly Blocks[] = ["writes", "reads_and_writes"];

/** From what is known best to what is only reckoned. */
const BASES: readonly Estimate["basis"][] = ["rows", "target", "this_machine"];

/** The bands added up; the sum is only as good as the weakest of them. */
export function together(estimates: readonly Estimate[]): Estimate | null {
  if (estimates.length === 0) return null;
  const weakest = Math.max(...estimates.map(({ basis }) => BASES.indexOf(basis)));
  return {
    low_ms: estimates.reduce((sum, one) => sum + one.low_ms, 0),
    high_ms: estimates.reduce((sum, one) => sum + one.high_ms, 0),
    basis: BASES[weakest] ?? "this_machine",
  };
}

/** A lock is held until its transaction ends: what comes behind it in the same one counts too. */
function heldFor(statements: readonly Statement[], from: Statement): Estimate | null {
  const behind = statements.slice(statements.indexOf(from));
  const end = behind.findIndex((one) => one.version !== from.version || !one.transactional);
  const within = from.transactional ? behind.slice(0, end < 0 ? undefined : end) : [from];
  return together(within.flatMap(({ estimate }) => estimate ?? []));
}

/** Locks on what others work with: an index that is built anew with its table says nothing more. */
export function locksOf({ trace }: Statement): HeldLock[] {
  const built = trace?.builds ?? [];
  return (trace?.locks ?? []).filter(({ identity }) => !built.includes(shortName(identity)));
}

/** Who would wait at which table, the strongest lock of each, those that stop most first. */
export function waitsOf({ statements }: Pick<Plan, "statements">): Wait[] {
  const found = new Map<string, Wait>();
  for (const statement of statements) {
    for (const { identity, mode, blocks } of locksOf(statement)) {
      if (blocks === null || blocks === "schema_changes") continue;
      const known = found.get(identity);
      if (known && STRENGTH.indexOf(known.blocks) >= STRENGTH.indexOf(blocks)) continue;
      const { version, line } = statement;
      const held = heldFor(statements, statement);
      found.set(identity, { identity, mode, blocks, version, line, held });
    }
  }
  const gravity = (wait: Wait) => STRENGTH.indexOf(wait.blocks);
  return [...found.values()].sort((one, other) => gravity(other) - gravity(one));
}
