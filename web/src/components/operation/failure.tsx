import { problemOf } from "@/api/problem";
import { ErrorState } from "@/components/states";
import { TrustDatabase } from "@/components/trust-database";

/** Why an operation failed, with the way out where the page has one. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { code, details } = problemOf(error);
  return (
    <ErrorState error={error} {...(retry && { retry })}>
      {code === "wrong_database" && <TrustDatabase details={details} />}
    </ErrorState>
  );
}
