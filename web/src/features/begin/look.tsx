import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "@/api/operation";
import { isActive } from "@/api/queries";
import type { Operation } from "@/api/types";
import { Failure } from "@/components/operation/failure";
import { OperationProgress } from "@/components/operation/progress";
import { Loaded } from "@/components/states";

interface LookProps {
  id: string;
  /** The report, also of one that was refused. */
  children: (operation: Operation) => ReactNode;
}

/** A proof while it is made, and what came of it. */
export function Look({ id, children }: LookProps) {
  const { t } = useTranslation();
  const { query } = useOperation(id);
  return (
    <Loaded query={query} rows={3}>
      {(operation) =>
        isActive(operation) ? (
          <OperationProgress operation={operation} />
        ) : (
          <>
            {operation.error && <Failure error={operation.error} />}
            {!operation.error && operation.state !== "succeeded" && (
              <p className="text-ink-2">{t(`operation.state.${operation.state}`)}</p>
            )}
            {children(operation)}
          </>
        )
      }
    </Loaded>
  );
}
