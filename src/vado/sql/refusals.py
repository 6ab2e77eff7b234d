"""What a migration may not contain, because Vado itself answers for it or it is not SQL."""

from vado.sql.node import Node

TRANSACTION_CONTROL = "transaction control is not allowed in a migration"
COPY_FROM_STDIN = "copy from stdin is not allowed in a migration"
COPY_TO_STDOUT = "copy to stdout is not allowed in a migration"
META_COMMAND = "psql meta-commands are not SQL"
NUL_BYTE = "a NUL byte cannot be sent to PostgreSQL"
HALF_CHARACTER = "half of a surrogate pair is no character"

HINTS = {
    TRANSACTION_CONTROL: "Remove it: Vado runs each migration in a transaction of its own.",
    COPY_FROM_STDIN: "Write insert statements instead.",
    COPY_TO_STDOUT: "Remove it: nobody would read what it writes.",
    META_COMMAND: "Remove the line that begins with a backslash.",
    NUL_BYTE: "Remove the byte; it is probably the trace of a broken encoding.",
    HALF_CHARACTER: "Remove it; it is probably the trace of a broken encoding.",
}


def refusal(node: Node) -> str | None:
    """Say why a statement is refused, or None."""
    if node.kind == "TransactionStmt":
        return TRANSACTION_CONTROL
    if node.kind == "CopyStmt" and not node.text("filename"):
        return COPY_FROM_STDIN if node.flag("is_from") else COPY_TO_STDOUT
    return None
