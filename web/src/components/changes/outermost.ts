import type { Change } from "@/api/types";

/**
 * The changes without those inside an object that is itself new or gone: it is named, and with it
 * everything that it is made of.
 */
export function outermost(changes: readonly Change[]): Change[] {
  const whole = changes
    .filter(({ action, section }) => section !== "access" && action !== "change")
    .map(({ identity }) => `${identity}.`);
  return changes.filter(({ identity }) => !whole.some((owner) => identity.startsWith(owner)));
}
