"""One risk, with its place and its remedy, in the user's language."""

from collections.abc import Mapping
from typing import Any

from vado.cli.call import Call
from vado.cli.marks import level_piece
from vado.cli.screen import bold, dim


def show_risk(call: Call, risk: Mapping[str, Any], file: str) -> None:
    """Show a risk of a plan or a file; *file* is how its place is called."""
    # Loaded here: most plans have no risk, and the rules take longer to load than to show.
    from vado.risks import message, remedy

    language = call.words.language
    params = risk["params"]
    place = f"{file}:{risk['line']}:{risk['column']}"
    call.out.line(level_piece(call, risk["level"]), "  ", bold(risk["rule"]), indent=2)
    call.out.line(dim(place), indent=4)
    call.out.paragraph(message(language, risk["rule"], params), indent=4)
    if reason := risk.get("suppressed"):
        call.out.paragraph(call.words("risk.suppressed", reason=reason), indent=4)
        return
    _show_remedy(call, remedy(language, risk["rule"], params))


def _show_remedy(call: Call, text: str) -> None:
    if "\n" not in text and not text.rstrip().endswith(";"):
        call.out.paragraph(f"{call.words('risk.remedy')} {text}", indent=4)
        return
    call.out.line(call.words("risk.remedy"), indent=4)
    call.out.code(text, indent=6)
