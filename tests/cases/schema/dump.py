"""A schema as pg_dump writes it, with only those freedoms that mean nothing.

Compared as equal: the order of objects, of the columns of a table, and of grants. Everything else
must be the same, character by character. Nothing of Vado is used here, so that Vado is judged by
another's eyes.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEAD = re.compile(
    r"^--\n-- (?:Data for )?Name: (?P<name>.*); Type: (?P<type>[A-Z ]+); "
    r"Schema: (?P<schema>.*?); Owner: (?P<owner>.*?)(?:; Tablespace: .*)?\n--\n",
    re.MULTILINE,
)
_STATES = re.compile(
    r"^SET (default_tablespace|default_table_access_method) = (.*);\n", re.MULTILINE
)
_NOISE = re.compile(
    r"^\\(?:un)?restrict .*\n|^--\n-- PostgreSQL database dump.*\n--\n", re.MULTILINE
)
_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | (?P<dollar>\$[A-Za-z_0-9]*\$) | --[^\n]*\n | .""",
    re.VERBOSE | re.DOTALL,
)
_COLUMNS_SORTED = {"TABLE", "FOREIGN TABLE"}


@dataclass(frozen=True, order=True)
class Block:
    """One object of a dump: what pg_dump calls it, and its statements."""

    type: str
    schema: str
    name: str
    owner: str
    text: str

    @property
    def title(self) -> str:
        """Say which object it is."""
        return f"{self.type} {self.schema}.{self.name}"


def dump(pg_dump: Path, dsn: str) -> str:
    """Return the schema of a database as pg_dump writes it."""
    done = subprocess.run([pg_dump, "--schema-only", "-d", dsn], capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return done.stdout.decode()  # as bytes, since line ends inside a body matter


def blocks(text: str) -> list[Block]:
    """Take a dump apart, sorted."""
    text = _NOISE.sub("", text)
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)] if heads else []
    states = {"default_tablespace": "''", "default_table_access_method": "heap"}
    found = []
    _states_in(text[: heads[0].start()] if heads else text, states)
    for head, end in zip(heads, ends, strict=True):
        kind = head["type"]
        now = dict(states)
        # A setting for what comes next stands at the end of what came before.
        body = _states_in(text[head.end() : end], states).strip()
        if kind in {"TABLE", "MATERIALIZED VIEW"}:
            body += f"\n-- with {now}"
        found.append(Block(kind, head["schema"], head["name"], head["owner"], _plain(kind, body)))
    return sorted(found)


def residue(have: list[Block], want: list[Block]) -> list[str]:
    """Say what differs, object by object; empty when nothing does."""
    had, wanted = list(have), []
    for block in want:
        if block in had:
            had.remove(block)
        else:
            wanted.append(block)
    lines = [f"too much: {_told(block)}" for block in had]
    lines += [f"missing: {_told(block)}" for block in wanted]
    return sorted(lines, key=lambda line: line.partition(": ")[2])


def _told(block: Block) -> str:
    return f"{block.title} (of {block.owner}): {_short(block.text)}"


def _short(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:600]


def _states_in(text: str, states: dict[str, str]) -> str:
    states.update(_STATES.findall(text))
    return _STATES.sub("", text)


def _plain(kind: str, body: str) -> str:
    statements = list(_split(body, ";"))
    if kind in _COLUMNS_SORTED and statements:
        statements = [_sorted_columns(statements[0]), *sorted(statements[1:])]
    elif kind in {"ACL", "DEFAULT ACL"}:
        statements = sorted(_with_session(statements))
    elif kind == "PUBLICATION TABLE":
        statements = [_sorted_columns(each) for each in statements]
    return ";\n".join(statements)


def _with_session(statements: list[str]) -> Iterator[str]:
    """Keep together what another role granted and the words around it."""
    session = ""
    for statement in statements:
        if statement.startswith("SET SESSION AUTHORIZATION"):
            session = statement + "; "
        elif statement.startswith("RESET SESSION AUTHORIZATION"):
            session = ""
        else:
            yield session + statement


def _sorted_columns(statement: str) -> str:
    opened = next((at for at, depth, sign in _tokens(statement) if (sign, depth) == ("(", 1)), None)
    if opened is None:
        return statement
    closed = next(
        at for at, depth, sign in _tokens(statement) if at > opened and (sign, depth) == (")", 0)
    )
    inner = sorted(part for part in _split(statement[opened + 1 : closed], ","))
    return f"{statement[:opened]}(\n    " + ",\n    ".join(inner) + f"\n){statement[closed + 1 :]}"


def _split(text: str, mark: str) -> Iterator[str]:
    begin = 0
    for at, depth, sign in _tokens(text):
        if sign == mark and depth == 0:
            if part := text[begin:at].strip():
                yield part
            begin = at + 1
    if part := text[begin:].strip():
        yield part


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Give each token that is not inside quotes with its place and the parentheses around it."""
    at = depth = 0
    while match := _TOKEN.match(text, at):
        sign = match.group()
        if match["dollar"]:
            end = text.find(sign, match.end())
            at = len(text) if end < 0 else end + len(sign)
            continue
        depth += (sign == "(") - (sign == ")")
        yield at, depth, sign
        at = match.end()
