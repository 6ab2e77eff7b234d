"""`vado check`: whether the branch fits the one it is to be merged into."""

import os
from pathlib import Path
from typing import Any

from vado.application import REFUSED, Checked, Problem, check_branch
from vado.cli.call import FORMAT, Call
from vado.cli.places import migrations_folder
from vado.cli.screen import bad, bold, dim, good

_REFUSED = 7
_SHORT = 10


def run(call: Call) -> int:
    """Compare the folder with the base branch; 7 when it does not fit, 1 when a file is broken."""
    folder = migrations_folder(call)
    checked = check_branch(folder, call.option("base"))
    if call.json:
        call.document(_json(checked, folder))
    elif call.option("sarif"):
        call.document(_sarif(call, checked, folder))
    else:
        _show(call, checked, folder)
    kinds = {problem.kind for problem in checked.problems}
    return _REFUSED if kinds & set(REFUSED) else 1 if kinds else 0


def _json(checked: Checked, folder: Path) -> dict[str, Any]:
    base = checked.base
    return {
        "format": FORMAT,
        "folder": str(folder),
        "base": {"name": base.name, "commit": base.commit, "fork": base.fork},
        "files": checked.files,
        "new": checked.new,
        "problems": [problem.to_json() for problem in checked.problems],
    }


def _sarif(call: Call, checked: Checked, folder: Path) -> dict[str, Any]:
    from vado.cli.sarif import Finding, Place, sarif_document

    found = []
    for problem in checked.problems:
        message, hint = _told(call, problem)
        place = Place(str(folder / problem.file), problem.line, problem.column)
        found.append(Finding(problem.code, "critical", message, hint, place))
    return sarif_document(call, found)


def _told(call: Call, problem: Problem) -> tuple[str, str | None]:
    """Return message and hint in the user's language; those of the parser are English."""
    key = f"check.{problem.kind}"
    if not call.words.has(key):
        return problem.message, problem.hint
    return call.words(key, **problem.params), call.words(f"{key}.hint")


def _show(call: Call, checked: Checked, folder: Path) -> None:
    words, out, base = call.words, call.out, checked.base
    about = words("check.files", count=checked.files, new=checked.new)
    for problem in checked.problems:
        message, hint = _told(call, problem)
        out.line(bad("✗ "), bold(_place(problem, folder)))
        out.paragraph(message, indent=2)
        if hint:
            out.paragraph(hint, indent=2, style="dim")
    if checked.problems:
        out.blank()
    fits = not checked.problems
    key = "check.fits" if fits else "check.not"
    mark = good("✓ ") if fits else bad("✗ ")
    out.line(mark, words(key, base=base.name, commit=base.commit[:_SHORT]), dim(f"  {about}"))


def _place(problem: Problem, folder: Path) -> str:
    name = os.path.relpath(folder / problem.file)
    return name if problem.line is None else f"{name}:{problem.line}:{problem.column}"
