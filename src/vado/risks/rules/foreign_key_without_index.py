"""Without an index on its columns a foreign key makes deletes on the other table slow."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find foreign keys of known tables that no full index begins with.

    Where NOT VALID shows care for the rows, it is a matter of style.
    """
    if subject.definition.flag("skip_validation") and not subject.known.style:
        return
    columns = subject.definition.names("fk_attrs")
    if subject.definition.enum("contype") != "CONSTR_FOREIGN" or not subject.table.present:
        return
    table = subject.table
    if not table.leads_an_index(columns) and not subject.later.indexes(table.name, columns):
        listed = ", ".join(quoted(column) for column in columns)
        referenced = quoted(*relation(subject.definition.node("pktable")))
        params = {"table": subject.name, "columns": listed, "referenced": referenced}
        yield Finding("constraint", params, rows=table.rows)


RULE = Rule("foreign-key-without-index", "lock", "low", ("AT_AddConstraint",), check)
