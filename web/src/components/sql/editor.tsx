import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type Mark, offsetOf } from "@/lib/diagnostics";
import { highlighted, look, named, postgres } from "./language";
import { levelGutter, showMarks } from "./marks";

export interface EditorHandle {
  goTo: (line: number, column: number) => void;
}

interface SqlEditorProps {
  value: string;
  label: string;
  readOnly?: boolean;
  marks?: readonly Mark[];
  /** The line to begin at. */
  line?: number;
  onChange?: (value: string) => void;
  /** Commands by key, as CodeMirror names keys: "Mod-s". */
  keys?: Record<string, () => void>;
  ref?: Ref<EditorHandle>;
}

const SETUP: Extension = [
  lineNumbers(),
  levelGutter,
  highlightActiveLineGutter(),
  highlightActiveLine(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  highlightSelectionMatches(),
  search({ top: true }),
  // Tab is not bound: it leaves the editor, so that nobody is caught in it.
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap]),
  postgres,
  highlighted,
  look,
];

/** An editor for the SQL of one file. */
export function SqlEditor(props: SqlEditorProps) {
  const { value, label, readOnly = false, marks, line, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const live = useRef(props);
  const settings = useRef(new Compartment());
  live.current = props;

  useEffect(() => {
    const built = build(host.current, live, settings.current);
    view.current = built;
    return () => built.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({
      effects: settings.current.reconfigure([named(label), EditorState.readOnly.of(readOnly)]),
    });
  }, [label, readOnly]);

  useEffect(() => {
    const { current } = view;
    if (!current || current.state.doc.toString() === value) return;
    // As a change of the text and not a new text: what stood there can be had back by undo.
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    if (view.current) showMarks(view.current, marks ?? []);
  }, [marks]);

  useEffect(() => {
    if (view.current && line !== undefined) goTo(view.current, line, 1);
  }, [line]);

  useImperativeHandle(ref, () => ({
    goTo: (row, column) => view.current && goTo(view.current, row, column),
  }));

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function goTo(view: EditorView, line: number, column: number): void {
  const anchor = offsetOf(view.state.doc, line, column);
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: "center" }),
  });
  view.focus();
}

/** Build the editor once; what changes later reaches it through *live* and *settings*. */
function build(
  parent: HTMLDivElement | null,
  live: { current: SqlEditorProps },
  settings: Compartment,
): EditorView {
  const { value, label, readOnly = false } = live.current;
  const command = (key: string) => ({
    key,
    preventDefault: true,
    run: () => {
      const run = live.current.keys?.[key];
      run?.();
      return run !== undefined;
    },
  });
  const extensions = [
    keymap.of(["Mod-s", "Mod-Enter"].map(command)),
    SETUP,
    settings.of([named(label), EditorState.readOnly.of(readOnly)]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) live.current.onChange?.(update.state.doc.toString());
    }),
  ];
  return new EditorView({
    ...(parent ? { parent } : {}),
    state: EditorState.create({ doc: value, extensions }),
  });
}
