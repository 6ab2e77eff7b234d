import { Ban, FileCheck2, FileX2, type LucideIcon, Play, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isKnown, useStartPlan } from "@/api/preview";
import type { HalfDone, Offer } from "@/api/types";
import { Button } from "@/components/button";
import { ErrorState } from "@/components/states";
import { offerAbout, offerTitle } from "./words";

const ICONS: Record<Offer["action"], LucideIcon> = {
  resume: Play,
  undo: Undo2,
  undo_down: Undo2,
  mark_applied: FileCheck2,
  mark_pending: FileX2,
};

interface OfferRowProps {
  offer: Offer;
  half: HalfDone;
  first: boolean;
  busy: boolean;
  onTake: () => void;
}

function OfferRow({ offer, half, first, busy, onTake }: OfferRowProps) {
  const { t } = useTranslation();
  const title = offerTitle(offer, half);
  const Icon = offer.available ? ICONS[offer.action] : Ban;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className={offer.available ? "font-semibold" : "font-semibold text-ink-2"}>{title}</p>
        <p className="text-sm text-ink-2">{offerAbout(offer, half)}</p>
      </div>
      {offer.available && (
        <Button
          look={first ? "primary" : "plain"}
          disabled={busy}
          onClick={onTake}
          icon={<Icon size={16} aria-hidden />}
          aria-label={t("half_done.show_plan_of", { title })}
          className="max-md:w-full"
        >
          {t("half_done.show_plan")}
        </Button>
      )}
    </li>
  );
}

/** The ways out of a half-done migration. Each leads to a plan, and changes nothing by itself. */
export function HalfDoneOffers({ half, environment }: { half: HalfDone; environment: string }) {
  const { t } = useTranslation();
  const start = useStartPlan(environment);
  const offers = (half.offers ?? []).filter(isKnown);
  const first = offers.find(({ available }) => available);
  return (
    <div>
      <p className="px-4 pt-4 pb-3">
        <strong className="font-semibold">{t("half_done.what_now")}</strong>{" "}
        <span className="text-ink-2">{t("half_done.what_now_hint")}</span>
      </p>
      <ul>
        {offers.map((offer) => (
          <OfferRow
            key={offer.action}
            offer={offer}
            half={half}
            first={offer === first}
            busy={start.isPending}
            onTake={() => start.mutate({ what: "offer", offer })}
          />
        ))}
      </ul>
      {start.error && (
        <div className="p-4 pt-0">
          <ErrorState error={start.error} />
        </div>
      )}
    </div>
  );
}
