"""A property that is worked out once: as functools.cached_property, without its lock.

Until Python 3.12 that one takes a lock for each value, which is a third of judging a statement.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 (it is written as a decorator)
    """Keeps what the method returns in the object itself."""

    def __init__(self, method: Callable[[Any], Value]) -> None:
        self._method = method
        self._name = method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object, owner: type) -> "Value | lazy[Value]":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._method(instance)
        return value
