import type { HalfDone, HalfDoneStep, Offer } from "@/api/types";
import { i18n, textFor } from "@/lib/i18n";

export type StepLook = HalfDoneStep["state"] | "running";

/** How a statement is shown: one that the server is still at work on is neither done nor failed. */
export function stepLook(step: HalfDoneStep): StepLook {
  const alive = step.running_pid !== null && step.running_pid !== undefined;
  return alive && step.state !== "done" ? "running" : step.state;
}

/** How far it is, in one sentence: "2 of 4 statements are done." */
export function progressWords(half: HalfDone): string {
  const key = half.direction === "up" ? "half_done.done_of" : "half_done.undone_of";
  return i18n.t(key, { count: half.statements_done, total: half.statements_total });
}

/** What an offer is called: going on with an undo is not going on with the migration. */
function offerKey(offer: Offer, half: HalfDone): string {
  const again = half.direction === "down" && ["resume", "undo", "undo_down"].includes(offer.action);
  return again && offer.action === "resume" ? "resume_undo" : offer.action;
}

export function offerTitle(offer: Offer, half: HalfDone): string {
  return textFor(`half_done.offer.${offerKey(offer, half)}.title`, {}, offer.action);
}

/** What an offer does, or why it is not to be had. */
export function offerAbout(offer: Offer, half: HalfDone): string {
  if (!offer.available) {
    const said = offer.message ?? i18n.t("half_done.not_available");
    return textFor(`half_done.closed.${offer.code}`, {}, said);
  }
  return textFor(`half_done.offer.${offerKey(offer, half)}.about`, {}, offer.command);
}

/** An error without the place that stands beside it already. */
export function withoutPlace(error: string): string {
  return error.replace(/^\S+\.sql:\d+:\d+: /, "");
}
