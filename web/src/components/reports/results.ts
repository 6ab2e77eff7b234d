import type {
  AdoptionResult,
  BaselineResult,
  ComparisonResult,
  DriftAdoptionResult,
  DriftResult,
  Operation,
  RestorePreview,
} from "@/api/types";

/** The proof that an operation carries, also one that was refused. */
export function adoptionOf({ kind, result }: Operation): AdoptionResult | null {
  return kind === "adopt" && result && "proven" in result
    ? (result as unknown as AdoptionResult)
    : null;
}

export function baselineOf({ kind, result }: Operation): BaselineResult | null {
  return kind === "baseline" && result && "replay" in result
    ? (result as unknown as BaselineResult)
    : null;
}

/** Whether anything was written, or it was only looked at. */
export function wasAdopted(operation: Operation): boolean {
  return operation.state === "succeeded" && (adoptionOf(operation)?.rows_written ?? 0) > 0;
}

export function driftOf({ kind, result }: Operation): DriftResult | null {
  return kind === "drift" && result ? (result as unknown as DriftResult) : null;
}

export function driftAdoptionOf({ kind, result }: Operation): DriftAdoptionResult | null {
  return kind === "drift_adopt" && result ? (result as unknown as DriftAdoptionResult) : null;
}

export function comparisonOf({ kind, result }: Operation): ComparisonResult | null {
  return kind === "comparison" && result ? (result as unknown as ComparisonResult) : null;
}

export function restorePreviewOf({ kind, result }: Operation): RestorePreview | null {
  return kind === "restore_preview" && result ? (result as unknown as RestorePreview) : null;
}
