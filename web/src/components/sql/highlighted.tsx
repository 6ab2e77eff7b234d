import { highlightCode } from "@lezer/highlight";
import type { ReactNode } from "react";
import { colours, parser } from "./language";

/** SQL in colours, without the weight of an editor. */
export function HighlightedSql({ text }: { text: string }) {
  const pieces: ReactNode[] = [];
  highlightCode(
    text,
    parser.parse(text),
    colours,
    (piece, classes) => {
      const key = pieces.length;
      pieces.push(
        classes ? (
          <span key={key} className={classes}>
            {piece}
          </span>
        ) : (
          piece
        ),
      );
    },
    () => pieces.push("\n"),
  );
  return <>{pieces}</>;
}
