"""Vado takes a PostgreSQL schema safely from one bank to the other."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

__version__ = "0.1.0"


def front_door(room: str, modules: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a room that loads each module when a name of it is asked for.

    For rooms of which most commands need a part: `vado status` would otherwise spend most of its
    time on loading what backs up, rehearses and restores. No module may be called as a name that
    the room exports.
    """
    homes = {name: module for module, names in modules.items() for name in names}

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{room}.{homes[name]}"), name)
        setattr(sys.modules[room], name, value)
        return value

    return load
