"""What can be typed about backups, and about databases that live at Neon."""

from vado.cli.parser import Declaration, Parser

_VERBS = (
    *("create", "list", "show", "verify", "prove"),
    *("compare", "restore", "undo", "kept", "forget"),
    *("delete", "pin", "unpin", "label", "prune", "adopt", "import", "key", "schedule"),
)
_HOMES = {
    "restores": ("compare", "restore", "undo", "kept", "forget"),
    "keeping": ("delete", "pin", "unpin", "label", "prune", "adopt", "key", "schedule"),
}
_OF_ONE = ("show", "verify", "compare", "restore", "delete", "pin", "unpin", "label")
_KINDS = ("dump", "neon_snapshot", "neon_branch", "neon_lsn")
_STATES = (
    *("creating", "ready", "verified", "proven", "failed", "unknown"),
    *("missing", "expired", "deleting", "deleted"),
)
_MODES = ("swap", "in_place", "tables", "neon")


def backup(to: Declaration) -> None:
    """Declare `vado backup`."""
    verbs = to.verbs("backup", _VERBS)
    for module, names in _HOMES.items():
        for name in names:
            verbs[name].set_defaults(does=f"{module}.{name}")
    verbs["import"].set_defaults(does="keeping.import_dump")
    for verb in _OF_ONE:
        verbs[verb].add_argument("id", metavar="ID", help=to.words("option.backup_id"))
    _taking(to, verbs)
    _restoring(to, verbs)
    _keeping(to, verbs)
    to.usual(*(parser for name, parser in verbs.items() if name != "key"))
    to.output(verbs["key"])


def _taking(to: Declaration, verbs: dict[str, Parser]) -> None:
    to.flag(verbs["create"], "--label", metavar="TEXT")
    to.flag(verbs["create"], "--pin", action="store_true")
    to.flag(verbs["create"], "--kind", choices=_KINDS, default="dump", metavar="KIND")
    listed = verbs["list"]
    to.flag(listed, "--state", choices=_STATES, metavar="STATE")
    listed.add_argument("--kind", choices=_KINDS, metavar="KIND", help=to.words("option.only_kind"))
    to.flag(listed, "--pinned", action="store_true")
    to.flag(listed, "--search", metavar="TEXT")
    which = verbs["prove"].add_mutually_exclusive_group()
    which.add_argument("id", nargs="?", metavar="ID", help=to.words("option.backup_id"))
    which.add_argument("--latest", action="store_true", help=to.words("option.latest"))


def _restoring(to: Declaration, verbs: dict[str, Parser]) -> None:
    restore = verbs["restore"]
    to.flag(restore, "--mode", choices=_MODES, metavar="MODE")
    to.flag(restore, "--table", action="append", default=[], metavar="TABLE")
    to.flag(restore, "--schema", metavar="NAME")
    for verb in ("undo", "forget"):
        verbs[verb].add_argument(
            "database", metavar="DATABASE", help=to.words("option.kept_database")
        )
    for verb in ("restore", "undo"):
        to.flag(verbs[verb], "--confirm", metavar="NAME")
        to.flag(verbs[verb], "--yes", action="store_true")
    verbs["forget"].add_argument(
        "--confirm", metavar="DATABASE", help=to.words("option.confirm_kept")
    )
    to.flag(verbs["forget"], "--yes", action="store_true")


def _keeping(to: Declaration, verbs: dict[str, Parser]) -> None:
    verbs["delete"].add_argument("--confirm", metavar="ID", help=to.words("option.confirm_id"))
    for verb in ("delete", "prune"):
        to.flag(verbs[verb], "--yes", action="store_true")
    verbs["label"].add_argument("text", metavar="TEXT", help=to.words("option.new_label"))
    verbs["import"].add_argument("file", metavar="FILE", help=to.words("option.dump_file"))
    verbs["key"].add_argument("file", metavar="FILE", help=to.words("option.key_file"))


def neon(to: Declaration) -> None:
    """Declare `vado neon`."""
    verbs = to.verbs("neon", ("status", "orphans", "finalize", "abandon"))
    to.flag(verbs["orphans"], "--remove", metavar="BRANCH")
    for verb in ("finalize", "abandon"):
        verbs[verb].add_argument("id", metavar="ID", help=to.words("option.backup_id"))
    to.flag(verbs["finalize"], "--confirm", metavar="NAME")
    to.flag(verbs["finalize"], "--yes", action="store_true")
    to.usual(*verbs.values())
