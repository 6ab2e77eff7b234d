import clsx from "clsx";

interface ProgressBarProps {
  label: string;
  /** From 0 to 1; null when nobody knows. */
  value: number | null;
  className?: string;
}

export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const percent = value === null ? null : Math.round(Math.min(Math.max(value, 0), 1) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": percent })}
      className={clsx("h-1.5 w-full overflow-hidden rounded-full bg-sunken", className)}
    >
      <div
        className={clsx(
          "h-full rounded-full bg-accent",
          percent === null
            ? "w-2/5 animate-[slide_1.4s_ease-in-out_infinite]"
            : "transition-[width]",
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
