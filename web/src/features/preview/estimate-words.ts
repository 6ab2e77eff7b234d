import type { Estimate } from "@/api/types";
import { formatDuration } from "@/lib/format";
import { i18n } from "@/lib/i18n";

/** "About 0.5 to 1 s"; one figure where both ends read the same. */
function bandWords({ low_ms, high_ms }: Estimate): string {
  const [low, high] = [low_ms, high_ms].map((ms) => formatDuration(ms, i18n.language));
  return low === high
    ? i18n.t("estimate.about", { time: high })
    : i18n.t("estimate.between", { low, high });
}

/** The band, and what it was measured by. */
export function estimateWords(estimate: Estimate): string {
  return `${bandWords(estimate)}, ${i18n.t(`estimate.basis.${estimate.basis}`)}`;
}
