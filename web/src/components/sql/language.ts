import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

export const postgres = sql({ dialect: PostgreSQL });
export const parser = PostgreSQL.language.parser;

/** The colours are variables, so that a change of theme needs no new editor. */
export const look = [
  EditorView.theme({
    "&": { backgroundColor: "var(--surface)", color: "var(--ink)" },
    ".cm-gutters": {
      backgroundColor: "var(--sunken)",
      color: "var(--ink-3)",
      borderRight: "1px solid var(--line)",
    },
    ".cm-content": { caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-activeLine, .cm-activeLineGutter": {
      backgroundColor: "color-mix(in srgb, var(--accent-soft) 40%, transparent)",
    },
    ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
      { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)" },
    ".cm-selectionMatch": { backgroundColor: "var(--mod-soft)" },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
      backgroundColor: "var(--accent-soft)",
      outline: "1px solid var(--accent)",
    },
    ".cm-tooltip, .cm-panels": {
      backgroundColor: "var(--surface)",
      color: "var(--ink)",
      border: "1px solid var(--line-strong)",
    },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "var(--accent)",
      color: "var(--on-accent)",
    },
    ".cm-diagnostic": { borderLeftWidth: "4px", maxWidth: "40rem" },
    ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--ink)" },
    ".cm-button": { backgroundImage: "none", backgroundColor: "var(--sunken)" },
    ".cm-collapsedLines": {
      background: "var(--sunken)",
      color: "var(--ink-2)",
      padding: "2px 8px",
      "&::before, &::after": { content: "'···'", color: "var(--ink-3)" },
    },
    "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--del-soft)" },
    "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--add-soft)" },
    "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
      background: "color-mix(in srgb, var(--del) 16%, transparent)",
    },
    "&.cm-merge-b .cm-changedText": {
      background: "color-mix(in srgb, var(--add) 16%, transparent)",
    },
    // A sign beside the edge: pale colours alone do not tell added from removed to everybody.
    ".cm-changeGutter": { width: "1.1em", paddingLeft: "0", textAlign: "center" },
    ".cm-changedLineGutter, .cm-deletedLineGutter": { fontWeight: "700" },
    "&.cm-merge-a .cm-changedLineGutter::before, .cm-deletedLineGutter::before": { content: "'−'" },
    "&.cm-merge-b .cm-changedLineGutter::before": { content: "'+'" },
    "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": {
      background: "var(--del-soft)",
      borderLeft: "3px solid var(--del)",
      color: "var(--del)",
    },
    "&.cm-merge-b .cm-changedLineGutter": {
      background: "var(--add-soft)",
      borderLeft: "3px solid var(--add)",
      color: "var(--add)",
    },
  }),
];

/** The page's own class names, so that SQL outside an editor has the same colours. */
export const colours = tagHighlighter([
  { tag: tags.keyword, class: "sql-keyword" },
  { tag: tags.string, class: "sql-string" },
  { tag: [tags.typeName, tags.standard(tags.name)], class: "sql-type" },
  { tag: [tags.number, tags.bool, tags.null], class: "sql-number" },
  { tag: tags.comment, class: "sql-comment" },
]);

export const highlighted = syntaxHighlighting(colours);

/** What a reader of the screen is told about an editor; it can be reached and left by Tab. */
export function named(label: string) {
  return EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" });
}
