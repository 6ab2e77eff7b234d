import type { ReactNode } from "react";
import { problemOf } from "@/api/problem";
import { ErrorState } from "@/components/states";
import { TrustDatabase } from "@/components/trust-database";

interface FailureProps {
  error: unknown;
  retry?: () => void;
  /** What else is true after this very failure. */
  children?: ReactNode;
}

/** Why an operation failed, with the way out where the page has one. */
export function Failure({ error, retry, children }: FailureProps) {
  const { code, details } = problemOf(error);
  return (
    <ErrorState error={error} {...(retry && { retry })}>
      {children}
      {code === "wrong_database" && <TrustDatabase details={details} />}
    </ErrorState>
  );
}
