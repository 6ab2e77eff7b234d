import { useEffect, useState } from "react";
import type { Diagnostic } from "@/api/types";
import { validateText } from "./api";
import { hasDown } from "./down-section";

const QUIET_MS = 400;

export interface Judgement {
  diagnostics: readonly Diagnostic[];
  /** The text that was judged; another one on the screen means that an answer is on its way. */
  text: string | null;
  failed: boolean;
  /** The way back that the text tells, where it has none of its own. */
  proposedDown: string | null;
}

const NONE: Judgement = { diagnostics: [], text: null, failed: false, proposedDown: null };

/** What is wrong with the text, asked once typing has paused; older answers are dropped. */
export function useDiagnostics(text: string): Judgement {
  const [judgement, setJudgement] = useState<Judgement>(NONE);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      validateText(text, !hasDown(text), stop.signal).then(
        ({ diagnostics, proposed_down: proposedDown = null }) => {
          if (!stop.signal.aborted)
            setJudgement({ diagnostics, text, failed: false, proposedDown });
        },
        () => {
          if (!stop.signal.aborted) setJudgement((known) => ({ ...known, text, failed: true }));
        },
      );
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return judgement;
}
