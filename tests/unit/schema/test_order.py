import itertools

from vado.schema.order import in_order


def test_what_a_thing_needs_comes_before_it() -> None:
    needs = {("view", "a"): [("view", "b")], ("view", "b"): [("table", "c")]}

    assert in_order([("view", "a"), ("view", "b")], needs) == [
        ("table", "c"),
        ("view", "b"),
        ("view", "a"),
    ]


def test_a_circle_is_cut() -> None:
    one, other = ("function", "f"), ("table", "t")

    assert in_order([one, other], {one: [other], other: [one]}) == [other, one]


def test_a_chain_of_thousands_needs_no_deep_stack() -> None:
    views = [("view", f"v{n:05}") for n in range(10_000)]

    ordered = in_order(views, {view: [above] for view, above in itertools.pairwise(views)})

    assert ordered == views[::-1]
