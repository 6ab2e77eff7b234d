"""What becomes of each object: kept, altered, dropped, made, or dropped and made again.

What uses something that goes for a moment has to go for that moment, too; where that is something
that holds rows, it is altered instead, or the difference is one that no statement takes away.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from vado.generate.domains import checked_inside
from vado.generate.families import Carried, Families, beside_new, fits, watchers
from vado.generate.fates import Fates, differing
from vado.generate.heirs import Heir
from vado.generate.kinds import alteration, without_default
from vado.generate.model import Alteration, Cannot, Key, Manner, Pair
from vado.generate.passing import told_above, typed
from vado.generate.sides import BELONGING, RELATIONS, Side
from vado.generate.swaps import swap
from vado.schema import CatalogueObject, Detail

# They hold rows, or all that is in them: never dropped to be made again.
_STAYING = frozenset({"schema", "extension", "table", "column", "sequence"})
# Columns are taken from the old one to the new one of the same name.
_SWAPPED = frozenset({"enum", "domain", "composite", "range", "base_type", "collation"})
# PostgreSQL makes these again by itself when the type of a column changes.
_FOLLOWING = frozenset({"constraint", "index", "statistics", "ownership", "attachment",
                        "inheritance"})  # fmt: skip
_STUCK = "the table would have to be made again with its rows, and that failed where it was tried"


class Judge:
    """Settles the fates of all objects of two sides."""

    def __init__(
        self,
        before: Side,
        after: Side,
        manner: Manner,
        forced: frozenset[Key] = frozenset(),
        stuck: frozenset[Key] = frozenset(),
    ) -> None:
        self._before = before
        self._after = after
        self._manner = manner
        self._thorough = manner.thorough
        self._forced = forced
        self._stuck = stuck
        self._retyped: set[Key] = set()
        self._old, self._new = Families(before), Families(after)
        self.fates = Fates()

    def settle(self) -> Fates:
        """Compare every pair, then spread what that means to those who use it."""
        fates = self.fates
        old, new = self._before.objects, self._after.objects
        fates.added = {key for key in new if key not in old}
        fates.removed = {key for key in old if key not in new}
        of_types = {k for k in fates.added | fates.removed if typed(self._before, self._after, k)}
        fates.added -= of_types
        fates.removed -= of_types
        for key, item in old.items():
            if key not in self._manner.frozen and (other := new.get(key)) is not None:
                self._compare(key, item, other)
        for domain in checked_inside(self._before, self._after, fates.added):
            self._rebuild(domain)
        for name in beside_new(self._before, self._after, fates.added):
            self._carry(name)
        for name in self._before.inheriting | self._after.inheriting:
            self._change_parents(("table", name))
        self._spread([*fates.removed, *fates.rebuilt, *self._retyped])
        for key in [key for key in fates.rehooked if fates.gone(key)]:
            del fates.rehooked[key]
        return fates

    def _change_parents(self, table: Key) -> None:
        sides = (self._before.objects, self._after.objects)
        if any(table not in side or ("attachment", table[1]) in side for side in sides):
            return
        heir = Heir(self._before, self._after, table)
        if heir.must_be_made_again():
            for name in self._before.heirs(table[1]):
                if ("table", name) in self._after.objects:
                    self._carry(name)
        elif (rehook := heir.rehook()) is not None and table not in self._manner.frozen:
            self.fates.rehooked[table] = rehook
            self.fates.rebuilt |= {key for key in rehook.leaves if key in rehook.joins}

    def _compare(self, key: Key, before: CatalogueObject, after: CatalogueObject) -> None:
        if details := differing(before, after):
            if (again := self._made_again(key, details)) is not None:
                self._carry(again)
                return
            told = told_above(self._before, self._after, key, details)
            kept = {name: detail for name, detail in details.items() if name not in told}
            if key in self._forced or self._lets_go(key):
                self._rebuild(key)
            elif kept:
                self._leave_for_a_name(before, kept)
                self._take(key, alteration(self._pair(before, after, kept)))

    def _made_again(self, key: Key, details: Mapping[str, Detail]) -> str | None:
        """Return the table that has to be made again for such a difference, with its rows."""
        table = self._before.objects[key].parent or ""
        if key in self._stuck and key[0] == "column" and details.keys() & {"type", "collation"}:
            return self._old.top(table)
        if key[0] == "table" and "partition_by" in details:
            return key[1]
        if key[0] == "attachment" and "definition" in details:
            old, new = (side.objects[key].definition or "" for side in (self._before, self._after))
            return None if fits(old, new) else table
        return None

    def _carry(self, table: str) -> list[Key]:
        """Let a table be made again, and take its rows along; return all that goes for that."""
        target = self._new.top(table)
        family = set(self._old.members(table))
        members = {
            name
            for name in family
            if ("table", name) in self.fates.removed or self._new.top(name) == target
        }
        if any(table in known.members for known in self.fates.carried.values()):
            return []
        keys = {("table", name) for name in members}
        if keys & self._manner.frozen or not keys <= self._before.objects.keys():
            self.fates.cannot.append(Cannot("table", table, _STUCK))
            return []
        loosened = watchers(self._before, self._after, set(self._new.members(target)) - members)
        for name in members:
            self.fates.carried.pop(("table", name), None)
        self.fates.carried["table", table] = Carried(
            table, target, frozenset(members), frozenset(family - members), loosened
        )
        for key in (*keys, *loosened):
            if key not in self.fates.removed:
                self._rebuild(key)
        return [*keys, *loosened, *(part for key in keys for part in self._going_with(key))]

    def _lets_go(self, key: Key) -> bool:
        """Say whether it is a default that uses what goes for good.

        A function of the same name with another list of arguments may come in its place: while
        both are there, a call may mean either.
        """
        return key[0] == "default" and not self.fates.removed.isdisjoint(
            self._before.uses.get(key, ())
        )

    def _leave_for_a_name(self, before: CatalogueObject, details: Collection[str]) -> None:
        """Detach a partition while a NOT NULL that it has taken over gets another name."""
        joins = ("attachment", before.parent or "")
        taken_over = before.kind == "column" and before.flag("not_null_inherited")
        if taken_over and "not_null_name" in details and joins in self._after.objects:
            self._rebuild(joins)

    def _pair(
        self,
        before: CatalogueObject,
        after: CatalogueObject,
        details: Mapping[str, Detail],
        *,
        thorough: bool = False,
    ) -> Pair:
        table = self._after.parent(after)
        version, key = self._before.server_version, (before.kind, before.identity)
        return Pair(
            before,
            after,
            details,
            version,
            table,
            thorough=thorough or self._thorough,
            safe=after.parent in self._manner.safe,
            in_use=any(k[0] == "column" for k in self._before.used_by.get(key, ())),
        )

    def _take(self, key: Key, found: Alteration) -> None:
        if found.cannot is not None:
            self.fates.cannot.append(Cannot(*key, found.cannot))
        if found.rebuild:
            self._rebuild(key)
        elif found.release or found.main or found.bind:
            self.fates.altered[key] = found
            if found.retypes:
                self._retyped.add(key)

    def _rebuild(self, key: Key) -> None:
        if key in self._manner.frozen:
            return
        self.fates.altered.pop(key, None)
        self._retyped.discard(key)
        self.fates.rebuilt.add(key)

    def _spread(self, begun: Iterable[Key]) -> None:
        waiting = list(begun)
        seen = set(waiting)
        while waiting:
            key = waiting.pop()
            for other in self._disturbed(key):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)

    def _disturbed(self, key: Key) -> list[Key]:
        """Let all make way that use what goes or changes, and return those that now change."""
        found: list[Key] = []
        gone = self.fates.gone(key)
        if gone and key[0] in RELATIONS | {"domain"}:
            # What stands on a view goes with it, and comes with it.
            found.extend(self._going_with(key))
        for other in sorted(self._before.used_by.get(key, ())):
            if self.fates.gone(other) or other not in self._after.objects:
                continue
            if not gone and other[0] in _FOLLOWING and not self._must_follow(key, other):
                continue
            if self._frees_itself(other, key):
                continue
            found.extend(self._turned(other, key))
        return found

    def _turned(self, other: Key, key: Key) -> list[Key]:
        """Do to one object what another that it uses asks for; return what now changes."""
        if other[0] == "domain" and key[0] == "function":
            self._let_default_go(other)
            return []
        if other[0] == "column" and key[0] in _SWAPPED:
            return self._swap(key, other)
        return [other] if self._make_way(other) else []

    def _let_default_go(self, domain: Key) -> None:
        before, after = self._before.objects[domain], self._after.objects[domain]
        known = self.fates.altered.get(domain, Alteration())
        found = without_default(before, after)
        self.fates.altered[domain] = replace(known, release=found.release, bind=found.bind)

    def _going_with(self, key: Key) -> Iterator[Key]:
        for part in self._before.belongings.get(key, ()):
            if not self.fates.gone(part) and part in self._after.objects:
                self._rebuild(part)
                yield part

    def _frees_itself(self, other: Key, key: Key) -> bool:
        """Say whether it is altered so that it no longer uses what goes."""
        used_later = key in self._after.uses.get(other, ())
        return other in self.fates.altered and not used_later and key in self.fates.removed

    def _must_follow(self, column: Key, other: Key) -> bool:
        if self._thorough or other[0] != "constraint":
            return self._thorough and other[0] in {"constraint", "index", "statistics"}
        item = self._before.objects[other]
        return item.text("type") == "foreign_key" and column in self._retyped

    def _swap(self, type_: Key, column: Key) -> list[Key]:
        """Take the column from the old type to the new one of the same name, with its rows."""
        if type_ not in self.fates.rebuilt:
            return []
        before, after = self._before.objects[column], self._after.objects[column]
        if column in self._stuck:
            return self._carry(self._old.top(before.parent or ""))
        if before.text("generated"):
            return [column] if self._make_way(column) else []
        if type_[0] != "range":
            self.fates.swapped.add(type_)
        if before.text("type") != after.text("type"):
            return []
        if self._before.is_inherited(before) and self._before.above(column):
            return [column, *self._standing_on(column)]  # its parent's column takes it along
        self._retype(type_, column)
        # What names values of the old type cannot be carried over by itself.
        return [column, *self._standing_on(column)]

    def _retype(self, type_: Key, column: Key) -> None:
        before, after = self._before.objects[column], self._after.objects[column]
        pair = self._pair(before, after, {}, thorough=True)
        found = swap(pair, type_, self._before, self._after)
        known = self.fates.altered.get(column)
        if known is not None:
            main = (*found.main, *known.main)
            found = replace(known, release=(*known.release, *found.release), main=main)
        self.fates.altered[column] = found
        self._retyped.add(column)

    def _standing_on(self, column: Key) -> list[Key]:
        users = sorted(self._before.used_by.get(column, ()))
        following = [k for k in users if k[0] in {"constraint", "index", "statistics"}]
        return [k for k in following if not self.fates.gone(k) and self._make_way(k)]

    def _make_way(self, key: Key) -> bool:
        if self.fates.gone(key) or key not in self._after.objects or key in self._manner.frozen:
            return False
        item = self._before.objects[key]
        if key[0] == "column" and item.text("generated"):
            self._rebuild(key)
            return True
        if key[0] in _STAYING:
            return False
        if key[0] in BELONGING and self._before.is_inherited(item):
            return False
        self._rebuild(key)
        return True
