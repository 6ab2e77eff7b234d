import type { Change } from "@/api/types";
import { identityParts } from "@/lib/identity";

/** An object of a schema: what happens to it, and to the parts that belong to it. */
export interface ObjectNode {
  identity: string;
  name: string;
  kind: string;
  change: Change | null;
  parts: Change[];
}

export interface SchemaNode {
  schema: string;
  objects: ObjectNode[];
}

const PARTS = ["column", "constraint", "trigger"];

/** Changes by schema and object, in the order of names; parts stand below what they belong to. */
export function groupChanges(changes: readonly Change[]): SchemaNode[] {
  const schemas = new Map<string, Map<string, ObjectNode>>();
  for (const change of changes) {
    const parts = identityParts(change.identity);
    const isPart = PARTS.includes(change.kind) && parts.length > 2;
    const owner = isPart ? parts.slice(0, 2) : parts;
    const schema = owner.length > 1 ? (owner[0] ?? "") : "";
    const objects = schemas.get(schema) ?? new Map<string, ObjectNode>();
    schemas.set(schema, objects);
    const identity = owner.join(".");
    const key = isPart || change.kind === "table" ? identity : `${change.kind} ${identity}`;
    const node = objects.get(key) ?? {
      identity,
      name: owner.slice(1).join(".") || identity,
      kind: isPart ? "table" : change.kind,
      change: null,
      parts: [],
    };
    if (isPart) node.parts.push(change);
    else node.change = change;
    objects.set(key, node);
  }
  return [...schemas]
    .map(([schema, objects]) => ({ schema, objects: [...objects.values()].sort(byName) }))
    .sort((one, other) => one.schema.localeCompare(other.schema));
}

function byName(one: ObjectNode, other: ObjectNode): number {
  return one.name.localeCompare(other.name) || one.kind.localeCompare(other.kind);
}

/** Owners and privileges apart from all the rest: who may do what is another question. */
export function bySection(changes: readonly Change[]): Record<"structure" | "access", Change[]> {
  const isAccess = (change: Change) => change.section === "access";
  return {
    structure: changes.filter((change) => !isAccess(change)),
    access: changes.filter(isAccess),
  };
}
