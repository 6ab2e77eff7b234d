import { useEffect, useRef, useState } from "react";
import { type Problem, problemOf } from "@/api/problem";
import type { Tried } from "@/api/types";
import { tryText } from "./api";
import { Newest } from "./newest";

const QUIET_MS = 400;

export interface Trial {
  tried: Tried | null;
  /** Why it could not be tried. */
  problem: Problem | null;
  /** The text that was tried; another one on the screen means that an answer is on its way. */
  text: string | null;
}

const NONE: Trial = { tried: null, problem: null, text: null };

/** What the text does to the schema, tried on a copy once typing has paused; null: not to be tried. */
export function useTrial(environment: string, version: string, text: string | null): Trial {
  const [trial, setTrial] = useState<Trial>(NONE);
  const newest = useRef<Newest<string, Tried>>(null);
  useEffect(() => {
    const asking = new Newest<string, Tried>(
      (wanted) => tryText(environment, version, wanted),
      (asked, answer) =>
        void answer.then(
          (tried) => setTrial({ tried, problem: null, text: asked }),
          (error) => setTrial({ tried: null, problem: problemOf(error), text: asked }),
        ),
    );
    newest.current = asking;
    return () => asking.stop();
  }, [environment, version]);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => newest.current?.want(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return trial;
}
