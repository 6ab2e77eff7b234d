"""Which statements of a migration an object takes part in."""

from vado.generate.creation import Maker, Remover
from vado.generate.fates import Fates
from vado.generate.model import Action, Key

Node = tuple[Action, Key]


class Nodes:
    """Finds the node that does something to an object: its own, or that of what it is part of."""

    def __init__(self, fates: Fates, maker: Maker, remover: Remover) -> None:
        self._fates = fates
        self._maker = maker
        self._remover = remover

    def ends(self, key: Key) -> Node | None:
        """Return the node after which an object no longer uses what it used before."""
        if self._fates.gone(key):
            return self.drop(key)
        found = self._fates.altered.get(key)
        if found is None:
            return None
        step: Action = "release" if found.release else "bind" if found.bind else "alter"
        return step, key

    def starts(self, key: Key) -> Node | None:
        """Return the node that needs what the object will use."""
        if self._fates.made(key):
            return self.create(key)
        found = self._fates.altered.get(key)
        if found is None:
            return None
        return ("bind", key) if found.bind else ("alter", key)

    def altered(self, key: Key, step: Action) -> Node | None:
        """Return the node of one step of an alteration, None where there is no such step."""
        found = self._fates.altered.get(key)
        if found is None:
            return None
        steps = {"release": found.release, "alter": found.main, "bind": found.bind}
        return (step, key) if steps.get(step) else None

    def drop(self, key: Key) -> Node | None:
        """Return the node that drops the object, by itself or with what it belongs to."""
        if not self._fates.gone(key):
            return None
        seen = {key}
        while (table := self._fates.hook(key)) is None:
            whole = self._remover.whole(key)
            if whole is None or whole in seen:
                return "drop", key
            seen.add(whole)
            key = whole
        return "bind", table

    def create(self, key: Key) -> Node | None:
        """Return the node that makes the object, by itself or with what it belongs to."""
        if not self._fates.made(key):
            return None
        seen = {key}
        while (table := self._fates.hook(key)) is None:
            whole = self._maker.whole(key)
            if whole is None or whole in seen:
                return "create", key
            seen.add(whole)
            key = whole
        return "bind", table
