"""`vado demo`: the whole crossing on the sample shop, as somebody would type it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vado.application import start_apply, start_preview
from vado.cli import entry
from vado.cli.app import NO_WINDOW, open_window
from vado.cli.call import Call
from vado.cli.follow import follow
from vado.cli.screen import bold, dim, good
from vado.cli.serve import display_available, serve_project
from vado.database import EmbeddedServer, start_server, stop_shared_server
from vado.demo import APPLIED_THROUGH, DemoProject, load_sample_rows, prepare_demo
from vado.errors import VadoError
from vado.migrations import ApplyRequest, Wanted

_FOLDER = ".demo"
_SECOND_PENDING = "20260914090000"


def run(call: Call) -> int:
    """Prepare the shop, show the crossing, then open the window, the browser or an address."""
    folder = _folder(call)
    # Everything in one folder, so that nothing of the user's is touched and all can be deleted.
    os.environ["VADO_STATE"] = str(folder / "state")
    with _server(folder) as server:
        project = _prepared(call, folder, server)
        code = _cross(call, project)
        if code == 0 and not call.option("once"):
            code = _open(call, project)
        if call.option("once"):
            call.out.blank()
            call.out.paragraph(call.words("demo.once"))
        return code


def _folder(call: Call) -> Path:
    asked = call.option("project")
    folder = Path(asked) if asked else Path.cwd() / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="vado-demo-"))
    return folder.absolute()


@contextmanager
def _server(folder: Path) -> Iterator[EmbeddedServer]:
    state = folder / "state"
    with start_server(folder / "server") as server:
        _end_rehearsals(state)
        # What an earlier demo did is not part of this one's story.
        shutil.rmtree(state, ignore_errors=True)
        try:
            yield server
        finally:
            _end_rehearsals(state)


def _end_rehearsals(state: Path) -> None:
    if state.is_dir() and not os.environ.get("VADO_EMBEDDED"):
        stop_shared_server(state)


def _prepared(call: Call, folder: Path, server: EmbeddedServer) -> DemoProject:
    words = call.words
    call.out.line(bold(words("demo.title")))
    call.out.line(dim(words("demo.folder", folder=folder)))
    call.out.stream.flush()
    project = prepare_demo(folder, server, state_folder=folder / "state")
    call.arguments.project = str(folder)
    call.arguments.environment = project.environment_name
    _apply_past(call)
    with call.environment.session() as session:
        rows = load_sample_rows(session)
    count = words("count.rows", count=sum(rows.values()))
    tables = words("count.tables", count=len(rows))
    call.out.line(good("✓ "), words("demo.ready", rows=count, tables=tables))
    return project


def _apply_past(call: Call) -> None:
    """Bring the shop to where the story begins, by a plan like everything else."""
    wanted = Wanted(to=APPLIED_THROUGH)
    preview = follow(call, start_preview(call.vado, call.environment, wanted))
    plan = call.vado.plans.get(_result(preview.result, preview.error)["plan_id"])
    accepted = frozenset(str(r.rule) for r in plan.requires if r.kind == "accept_risk")
    request = ApplyRequest(plan, accepted=accepted, consent=True)
    applied = follow(call, start_apply(call.vado, call.environment, request))
    _result(applied.result if applied.state == "succeeded" else None, applied.error)


def _result(result: dict[str, str] | None, error: dict[str, str] | None) -> dict[str, str]:
    if result is None:
        raise VadoError(
            f"the demo could not be prepared: {(error or {}).get('message')}",
            hint="The log in the demo's state folder tells more.",
        )
    return result


def _cross(call: Call, project: DemoProject) -> int:
    """Show the commands with their real output; the first that fails ends the show."""
    for step, typed in _script(call, project):
        call.out.blank()
        call.out.line(bold(call.words(f"demo.{step}")))
        call.out.line(good(f"$ vado {' '.join(typed)}"))
        call.out.stream.flush()
        code = entry.main([*typed, "-C", str(project.folder), *_colours(call)])
        if code != 0:
            return code
    return 0


def _script(call: Call, project: DemoProject) -> Iterator[tuple[str, list[str]]]:
    """Yield what is typed; later commands name what earlier ones have made."""
    yield "status", ["status"]
    yield "preview", ["preview"]
    yield "dry_run", ["preview", "--to", _SECOND_PENDING]
    yield "backup", ["backup", "create"]
    newest = call.vado.plans.page(project.environment_name, 1, None).items[0]["id"]
    plan = call.vado.plans.get(newest)
    rules = [str(r.rule) for r in plan.requires if r.kind == "accept_risk"]
    yield "apply", ["apply", "--plan", newest, *(p for rule in rules for p in ("--accept", rule))]
    yield "after", ["status"]


def _colours(call: Call) -> list[str]:
    return ["--no-color"] if call.option("no_color") else []


def _open(call: Call, project: DemoProject) -> int:
    call.out.blank()
    call.out.line(bold(call.words("demo.open")))
    call.out.paragraph(call.words("demo.try", folder=project.folder))
    call.out.stream.flush()
    if not call.option("no_browser") and display_available():
        code = open_window(["--project", str(project.folder)])
        if code != NO_WINDOW:
            return code
    return serve_project(call)
