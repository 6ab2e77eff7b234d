/** Numbers, sizes and times in the user's language. */
const NARROW_SPACE = "\u202f";
const KIB = 1024;
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function separator(language: string): string {
  return language === "es" ? "," : ".";
}

function decimal(value: number, digits: number, language: string): string {
  const rounded = value.toFixed(digits).replace(/\.0+$/, "");
  return rounded.replace(".", separator(language));
}

/**
 * A count, its digits grouped by a narrow space. Comma and point mean opposite things in the places
 * where Spanish is spoken; the space means one thing everywhere.
 */
export function formatCount(value: number): string {
  const sign = value < 0 ? "−" : "";
  const digits = String(Math.abs(Math.round(value)));
  return sign + digits.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
}

/** A size as PostgreSQL reckons it: 1 kB is 1024 bytes. */
export function formatBytes(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= KIB && unit < UNITS.length - 1) {
    value /= KIB;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${decimal(value, digits, language)}${NARROW_SPACE}${UNITS[unit]}`;
}

export function formatDuration(ms: number, language: string): string {
  const unit = (value: string, name: string) => `${value}${NARROW_SPACE}${name}`;
  if (ms < 10) return unit(decimal(ms, 1, language), "ms");
  if (ms < SECOND) return unit(decimal(ms, 0, language), "ms");
  if (ms < MINUTE) return unit(decimal(ms / SECOND, 1, language), "s");
  const seconds = Math.round(ms / SECOND);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ];
  const shown = parts.filter(([value]) => value > 0).slice(0, 2);
  return shown.map(([value, name]) => unit(String(value), name)).join(" ");
}

/** "3 minutes ago"; *now* is given so that the same page says the same everywhere. */
export function formatRelative(iso: string, now: number, language: string): string {
  const difference = Date.parse(iso) - now;
  const ago = Math.abs(difference);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (ago < 45 * SECOND) return relative.format(0, "second");
  if (ago < 45 * MINUTE) return relative.format(Math.round(difference / MINUTE), "minute");
  if (ago < 22 * HOUR) return relative.format(Math.round(difference / HOUR), "hour");
  if (ago < 26 * DAY) return relative.format(Math.round(difference / DAY), "day");
  if (ago < 320 * DAY) return relative.format(Math.round(difference / (30 * DAY)), "month");
  return relative.format(Math.round(difference / (365 * DAY)), "year");
}

export function formatAbsolute(iso: string, language: string): string {
  const style = { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat(language, style).format(Date.parse(iso));
}

export function formatUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

export function formatClock(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" }).format(
    Date.parse(iso),
  );
}

/** The day in words: "Sunday, 22 November 2026". */
export function formatDay(iso: string, language: string): string {
  const style = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat(language, style).format(Date.parse(iso));
}

/** A folder of sockets is no address that anyone knows by heart. */
export function isSocket(host: string): boolean {
  return host.startsWith("/");
}
