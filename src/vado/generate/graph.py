"""Putting nodes in an order in which each comes after those it waits for."""

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

Node = TypeVar("Node", bound=Hashable)


def in_order(
    nodes: Iterable[Node],
    waits: Mapping[Node, set[Node]],
    rank: Callable[[Node], Any],
) -> tuple[list[Node], list[Node]]:
    """Return the nodes sorted by rank as far as waiting allows, and what stands in circles.

    The second list is empty when there is no circle; else it holds the nodes of all circles and
    what waits for them.
    """
    known = set(nodes)
    left = {node: known & waits.get(node, set()) for node in known}
    waiting: dict[Node, list[Node]] = {}
    for node, others in left.items():
        for other in others:
            waiting.setdefault(other, []).append(node)
    ready = [(rank(node), node) for node, others in left.items() if not others]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, node = heapq.heappop(ready)
        ordered.append(node)
        del left[node]
        for other in waiting.get(node, ()):
            left[other].discard(node)
            if not left[other]:
                heapq.heappush(ready, (rank(other), other))
    return ordered, list(left)


def circle(nodes: Iterable[Node], waits: Mapping[Node, set[Node]]) -> list[Node]:
    """Return the nodes of one circle among *nodes*, each waiting for the next."""
    inside = set(nodes)
    for start in sorted(inside, key=repr):
        path: dict[Node, None] = {}
        node = start
        while node not in path:
            path[node] = None
            others = [other for other in waits.get(node, ()) if other in inside]
            if not others:
                break
            node = min(others, key=repr)
        else:
            members = list(path)
            return members[members.index(node) :]
    return []
