import { formatAbsolute, formatRelative, formatUtc } from "@/lib/format";
import { useLanguage, useNow } from "@/lib/use-format";

/** When something was, as people say it; the exact time, here and in UTC, on hover. */
export function Ago({ at }: { at: string }) {
  const language = useLanguage();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={`${formatAbsolute(at, language)} · ${formatUtc(at)}`}
      className="whitespace-nowrap"
    >
      {formatRelative(at, now, language)}
    </time>
  );
}
