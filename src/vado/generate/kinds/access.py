"""What every object has beside its definition: owner, comment, grants, security labels."""

from collections.abc import Iterator
from dataclasses import replace

from vado.generate.model import Pair
from vado.generate.names import place, role
from vado.schema import CatalogueObject, Property, remarks, split_column

_LISTS = ("grants", "column_grants")
_LABELS = ("security_labels", "column_security_labels")
COMMON = frozenset(
    {"owner", "comment", "column_comments", "depends_on_extensions", *_LISTS, *_LABELS}
)
# What every database comes with.
_USUAL_COMMENTS = {("schema", "public"): "'standard public schema'"}
# Their owner is that of the table, or they have none.
_WITHOUT_OWNER = frozenset({"column", "constraint", "index", "trigger", "rule", "policy", "cast",
                            "default_privileges", "extension"})  # fmt: skip


def owner_statement(item: CatalogueObject) -> str | None:
    """Return the statement that gives the object to its owner."""
    name = item.text("owner")
    if name is None or item.kind in _WITHOUT_OWNER:
        return None
    return f"ALTER {place(item)} OWNER TO {role(name)};"


def access(pair: Pair) -> Iterator[str]:
    """Yield the statements for what differs in owner, comments and grants."""
    if "owner" in pair.details and (statement := owner_statement(pair.after)):
        yield statement
    yield from _comments(pair)
    for name in _LISTS:
        if name in pair.details:
            yield from _grants(pair, name)
    for name in _LABELS:
        if name in pair.details:
            yield from _labels(pair, name)
    if "depends_on_extensions" in pair.details:
        yield from _extensions(pair)


def _labels(pair: Pair, name: str) -> Iterator[str]:
    old, new = pair.before.texts(name), pair.after.texts(name)
    said = {text.rpartition(": ")[0] for text in new}
    for text in old:
        if text.rpartition(": ")[0] not in said:
            for statement in remarks(_said(pair.after, name, (text,))):
                yield statement.rpartition(" IS ")[0] + " IS NULL;"
    yield from remarks(_said(pair.after, name, tuple(text for text in new if text not in old)))


def _extensions(pair: Pair) -> Iterator[str]:
    old = pair.before.texts("depends_on_extensions")
    new = pair.after.texts("depends_on_extensions")
    for extension in old:
        if extension not in new:
            yield f"ALTER {place(pair.after)} NO DEPENDS ON EXTENSION {extension};"
    for extension in new:
        if extension not in old:
            yield f"ALTER {place(pair.after)} DEPENDS ON EXTENSION {extension};"


def _comments(pair: Pair) -> Iterator[str]:
    on_domain = pair.table is not None and pair.table.kind == "domain"
    if "comment" in pair.details:
        one = _said(pair.after, "comment", pair.after.text("comment") or "-")
        for text in remarks(one, on_domain=on_domain):
            kept = pair.after.text("comment") is not None
            usual = _USUAL_COMMENTS.get((pair.after.kind, pair.identity), "NULL")
            yield text if kept else text.removesuffix(" IS '-';") + f" IS {usual};"
    if "column_comments" in pair.details:
        old, new = pair.before.texts("column_comments"), pair.after.texts("column_comments")
        commented = {split_column(text)[0] for text in new}
        for text in old:
            column = split_column(text)[0]
            if column not in commented:
                yield f"COMMENT ON COLUMN {pair.identity}.{column} IS NULL;"
        fresh = tuple(text for text in new if text not in old)
        yield from remarks(_said(pair.after, "column_comments", fresh))


def _grants(pair: Pair, name: str) -> Iterator[str]:
    old, new = pair.before.texts(name), pair.after.texts(name)
    # What somebody granted on goes before the right to grant it.
    ended = sorted((t for t in old if t not in new), key=lambda text: " granted by " not in text)
    yield from remarks(_said(pair.after, name, tuple(opposite(text) for text in ended)))
    yield from remarks(_said(pair.after, name, tuple(text for text in new if text not in old)))


def opposite(text: str) -> str:
    """Turn `grant SELECT to r` into `revoke SELECT from r`, and back, a column before it or not."""
    for verb, direction, other, way in (
        ("grant ", " to ", "revoke ", " from "),
        ("revoke ", " from ", "grant ", " to "),
    ):
        front, found, rest = text.partition(verb)
        if found and (not front or front.endswith(": ")):
            privileges, _, name = rest.partition(direction)
            return f"{front}{other}{privileges}{way}{name.replace(' with grant option', '')}"
    return text


def _said(item: CatalogueObject, name: str, value: Property) -> CatalogueObject:
    return replace(item, properties={name: value})
