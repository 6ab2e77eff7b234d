"""The rarer kinds: what can be altered in place of publications, foreign things, statistics."""

from collections.abc import Callable, Iterator, Mapping

from vado.generate.model import REBUILD, Alteration, Pair


def statistics(pair: Pair) -> Alteration:
    """Set another target; another definition is made again."""
    if not pair.only("target"):
        return REBUILD
    target = pair.after.properties.get("target")
    text = f"ALTER STATISTICS {pair.identity} SET STATISTICS {-1 if target is None else target};"
    return Alteration(main=(text,))


def publication(pair: Pair) -> Alteration:
    """Alter what is published and how; from some tables to all of them takes a new one."""
    if not pair.only("tables", "schemas", "actions", "via_partition_root", "generated_columns"):
        return REBUILD
    alter, main = f"ALTER PUBLICATION {pair.identity}", []
    if pair.details.keys() & {"tables", "schemas"}:
        wanted = list(_published(pair))
        if not wanted:
            return REBUILD
        main.append(f"{alter} SET {', '.join(wanted)};")
    if options := list(_publication_options(pair)):
        main.append(f"{alter} SET ({', '.join(options)});")
    return Alteration(main=tuple(main))


def _published(pair: Pair) -> Iterator[str]:
    if tables := pair.after.texts("tables"):
        yield f"TABLE {', '.join(tables)}"
    if schemas := pair.after.texts("schemas"):
        yield f"TABLES IN SCHEMA {', '.join(schemas)}"


def _publication_options(pair: Pair) -> Iterator[str]:
    if "actions" in pair.details:
        yield f"publish = '{', '.join(pair.after.texts('actions'))}'"
    if "via_partition_root" in pair.details:
        root = "true" if pair.after.flag("via_partition_root") else "false"
        yield f"publish_via_partition_root = {root}"
    if "generated_columns" in pair.details:
        kind = pair.after.text("generated_columns") or "none"
        yield f"publish_generated_columns = {_GENERATED.get(kind, kind)}"


_GENERATED = {"n": "none", "s": "stored"}


KINDS: Mapping[str, Callable[[Pair], Alteration]] = {
    "statistics": statistics,
    "publication": publication,
}
