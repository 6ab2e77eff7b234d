import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";
import { type Gravity, gravestByLine, type Mark, rangeOf } from "@/lib/diagnostics";

const SEVERITIES: Record<Gravity, Diagnostic["severity"]> = {
  error: "error",
  critical: "error",
  high: "error",
  medium: "warning",
  low: "info",
};

/* One shape for each level, the same as on the chips: they differ without their colour too. */
const SHAPES: Record<Gravity, string> = {
  error: "M4 4l8 8M12 4l-8 8",
  critical: "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z",
  high: "M8 2l6.5 12h-13z",
  medium: "M8 1.5L14.5 8 8 14.5 1.5 8z",
  low: "M8 2a6 6 0 100 12A6 6 0 008 2z",
};

const COLOURS: Record<Gravity, string> = {
  error: "var(--del)",
  critical: "var(--critical-bg)",
  high: "var(--high-bg)",
  medium: "var(--code-number)",
  low: "var(--ink-3)",
};

class LevelMarker extends GutterMarker {
  readonly mark: Mark;

  constructor(mark: Mark) {
    super();
    this.mark = mark;
  }

  override eq(other: LevelMarker): boolean {
    return other.mark.gravity === this.mark.gravity && other.mark.message === this.mark.message;
  }

  override toDOM(): Node {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("class", "cm-level");
    svg.dataset.gravity = this.mark.gravity;
    const title = document.createElementNS(space, "title");
    title.textContent = this.mark.message;
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", SHAPES[this.mark.gravity]);
    const colour = COLOURS[this.mark.gravity];
    path.setAttribute("stroke", colour);
    path.setAttribute("stroke-width", this.mark.gravity === "error" ? "2.6" : "1.4");
    const hollow = this.mark.gravity === "error" || this.mark.gravity === "low";
    path.setAttribute("fill", hollow ? "none" : colour);
    svg.append(title, path);
    return svg;
  }
}

const replaced = StateEffect.define<RangeSet<GutterMarker>>();

const levels = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (known, transaction) => {
    const given = transaction.effects.find((effect) => effect.is(replaced));
    return given ? given.value : known.map(transaction.changes);
  },
});

/** The gutter in which risks and errors stand. */
export const levelGutter: Extension = [
  levels,
  gutter({ class: "cm-levels", markers: (view) => view.state.field(levels) }),
];

/** Show these marks and no others: in the gutter, under the text, and on hover. */
export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  const { doc } = view.state;
  const markers = [...gravestByLine(marks)]
    .filter(([line]) => line >= 1 && line <= doc.lines)
    .map(([line, mark]) => new LevelMarker(mark).range(doc.line(line).from));
  const diagnostics = marks.map((mark) => ({
    ...rangeOf(doc, mark),
    severity: SEVERITIES[mark.gravity],
    message: mark.message,
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics), {
    effects: replaced.of(RangeSet.of(markers, true)),
  });
}
