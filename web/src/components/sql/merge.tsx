import { goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { highlighted, look, named, postgres } from "./language";

interface SqlMergeProps {
  before: string;
  after: string;
  labels: [before: string, after: string];
  unified?: boolean;
  /** Words for the lines left out, with `$` where their number goes. */
  unchanged: string;
}

const COLLAPSE = { margin: 3, minSize: 6 };

/** Two texts beside each other, or one in the other, with what differs marked. */
export function SqlMerge({ before, after, labels, unified = false, unchanged }: SqlMergeProps) {
  const host = useRef<HTMLDivElement>(null);
  const [left, right] = labels;
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const common = (label: string): Extension => [
      lineNumbers(),
      keymap.of([{ key: "F7", run: goToNextChunk, shift: goToPreviousChunk }]),
      postgres,
      highlighted,
      look,
      EditorState.readOnly.of(true),
      EditorView.lineWrapping,
      EditorState.phrases.of({ "$ unchanged lines": unchanged }),
      named(label),
    ];
    if (unified) {
      const together = unifiedMergeView({
        original: before,
        mergeControls: false,
        collapseUnchanged: COLLAPSE,
      });
      const view = new EditorView({
        parent,
        doc: after,
        extensions: [common(`${left} → ${right}`), together],
      });
      return () => view.destroy();
    }
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: common(left) },
      b: { doc: after, extensions: common(right) },
      collapseUnchanged: COLLAPSE,
    });
    return () => view.destroy();
  }, [before, after, left, right, unified, unchanged]);
  return <div ref={host} className="h-full min-h-0 overflow-auto" />;
}
