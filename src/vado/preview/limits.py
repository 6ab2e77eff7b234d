"""What a rehearsal can leave unseen, each said in one sentence."""

from vado.preview.plan import Limit


def no_rows() -> Limit:
    """Say that only the structure was copied."""
    return Limit("no_rows", "the copy has the structure of the database and none of its rows")


def rows_of_backup(backup_id: str, taken_at: str) -> Limit:
    """Say of which moment the rows are."""
    return Limit(
        "rows_of_backup",
        f"the copy is backup {backup_id}, with the schema and the rows of {taken_at}",
        {"backup": backup_id, "at": taken_at},
    )


def rows_of_branch(name: str) -> Limit:
    """Say that real rows were copied, and where to."""
    return Limit(
        "rows_of_branch",
        f"the copy is the Neon branch {name} with all real rows, private ones too, "
        "until it is deleted",
        {"branch": name},
    )


def branch_is_cold() -> Limit:
    """Say what the times of a branch are worth."""
    return Limit(
        "branch_is_cold",
        "a new branch has an empty cache and a small compute, so its times are only a hint",
    )


def branch_not_possible(reason: str) -> Limit:
    """Say that no branch could be made at Neon."""
    return Limit("branch_not_possible", f"no Neon branch can be made: {reason}", {"reason": reason})


def server_version_differs(target: str, here: str) -> Limit:
    """Say that the copy runs on another version than the target."""
    return Limit(
        "server_version_differs",
        f"rehearsed on PostgreSQL {here}, the target runs {target}",
        {"target": target, "here": here},
    )


def privileges_not_tried() -> Limit:
    """Say that owners and grants are not those of the target."""
    return Limit(
        "privileges_not_tried",
        "owners and grants of the target were not copied, so missing privileges do not show",
    )


def shimmed_extension(name: str) -> Limit:
    """Say that an extension was stood in for."""
    return Limit(
        "shimmed_extension",
        f"extension {name} is only stood in for, with the same functions",
        {"name": name},
    )


def copy_differs() -> Limit:
    """Say that the copy of the structure is not wholly the target's."""
    return Limit("copy_differs", "the copy of the structure differs from the target's schema")


def invalid_left_out() -> Limit:
    """Say that no dump carries an invalid index, and nothing else is missing."""
    return Limit("invalid_left_out", "invalid indexes, which nothing uses, are not in the copy")


def embedded_not_possible(reason: str) -> Limit:
    """Say that the embedded server cannot hold the schema."""
    return Limit(
        "embedded_not_possible", f"the embedded server cannot hold it: {reason}", {"reason": reason}
    )


def scratch_not_possible(reason: str) -> Limit:
    """Say that no scratch database could be made beside the target."""
    return Limit(
        "scratch_not_possible",
        f"no scratch database could be made on the server: {reason}",
        {"reason": reason},
    )


def copy_not_possible(reason: str) -> Limit:
    """Say that the database could not be copied with its rows."""
    return Limit(
        "copy_not_possible", f"the database cannot be copied: {reason}", {"reason": reason}
    )


def backup_not_possible(reason: str) -> Limit:
    """Say that no backup could be restored beside the target."""
    return Limit(
        "backup_not_possible", f"no backup can be rehearsed on: {reason}", {"reason": reason}
    )


def not_rehearsed(kind: str, version: str, line: int) -> Limit:
    """Say that a statement that reaches beyond one database was left out."""
    return Limit(
        "statement_not_rehearsed",
        f"{kind} in {version}, line {line}, reaches beyond one database and was not run",
        {"kind": kind, "version": version, "line": line},
    )


def only_when_previewed(kind: str, line: int) -> Limit:
    """Say that a statement cannot be tried and taken back."""
    return Limit(
        "only_when_previewed",
        f"{kind} in line {line} cannot be taken back, so only a preview runs it",
        {"kind": kind, "line": line},
    )


def nothing_to_run() -> Limit:
    """Say that the plan has no SQL."""
    return Limit("nothing_to_run", "the plan runs no SQL: only the ledger changes")


def text_only() -> Limit:
    """Say that nothing was run at all."""
    return Limit("text_only", "nothing was run: the risks were judged from the text alone")
