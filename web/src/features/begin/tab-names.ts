export const BEGIN_TABS = ["tool", "baseline"] as const;

export type BeginTab = (typeof BEGIN_TABS)[number];

export function isBeginTab(value: unknown): value is BeginTab {
  return BEGIN_TABS.some((tab) => tab === value);
}
