"""What can be typed about backups."""

from vado.cli.parser import Declaration


def backup(to: Declaration) -> None:
    """Declare `vado backup`."""
    verbs = to.verbs("backup", ("create", "list", "verify", "prove", "restore", "delete"))
    to.flag(verbs["create"], "--label", metavar="TEXT")
    to.flag(verbs["create"], "--pin", action="store_true")
    which = verbs["prove"].add_mutually_exclusive_group()
    which.add_argument("id", nargs="?", metavar="ID", help=to.words("option.backup_id"))
    which.add_argument("--latest", action="store_true", help=to.words("option.latest"))
    for verb in ("verify", "restore", "delete"):
        verbs[verb].add_argument("id", metavar="ID", help=to.words("option.backup_id"))
    to.flag(verbs["restore"], "--confirm", metavar="NAME")
    verbs["delete"].add_argument("--confirm", metavar="ID", help=to.words("option.confirm_id"))
    for verb in ("restore", "delete"):
        to.flag(verbs[verb], "--yes", action="store_true")
    to.usual(*verbs.values())
