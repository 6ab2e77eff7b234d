from vado.generate.graph import circle, in_order


def test_nodes_stand_by_rank_where_nothing_waits() -> None:
    assert in_order("cab", {}, rank=str) == (["a", "b", "c"], [])


def test_a_node_stands_behind_what_it_waits_for() -> None:
    ordered, left = in_order("abc", {"a": {"c"}}, rank=str)

    assert ordered == ["b", "c", "a"]
    assert left == []


def test_waiting_for_what_is_not_there_is_no_waiting() -> None:
    assert in_order("a", {"a": {"z"}}, rank=str) == (["a"], [])


def test_a_circle_and_what_waits_for_it_is_left() -> None:
    waits = {"a": {"b"}, "b": {"a"}, "c": {"a"}}

    ordered, left = in_order("abcd", waits, rank=str)

    assert ordered == ["d"]
    assert sorted(left) == ["a", "b", "c"]
    assert sorted(circle(left, waits)) == ["a", "b"]
