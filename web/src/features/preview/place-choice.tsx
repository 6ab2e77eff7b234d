import clsx from "clsx";
import { useTranslation } from "react-i18next";

interface PlaceChoiceProps {
  onRows: boolean;
  onChange: (onRows: boolean) => void;
}

const PLACES = ["structure", "data"] as const;

/** Where to try the migrations, and what each place needs and shows. */
export function PlaceChoice({ onRows, onChange }: PlaceChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="grid w-full max-w-2xl gap-3 py-2 text-left sm:grid-cols-2">
      <legend className="sr-only">{t("place.legend")}</legend>
      {PLACES.map((place) => {
        const chosen = onRows === (place === "data");
        return (
          <label
            key={place}
            className={clsx(
              "flex cursor-pointer gap-2.5 rounded-lg border bg-surface p-3",
              chosen ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong",
            )}
          >
            <input
              type="radio"
              name="place"
              checked={chosen}
              onChange={() => onChange(place === "data")}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="flex min-w-0 flex-col gap-1">
              <span className="font-semibold">{t(`place.${place}.title`)}</span>
              <span className="text-sm text-ink-2">{t(`place.${place}.about`)}</span>
              <span className="text-sm text-ink-2">{t(`place.${place}.needs`)}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
