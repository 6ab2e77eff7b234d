"""Facts about every action, as its source says them."""

import inspect
from collections.abc import Callable

import pytest

from vado.application import actions, adoption

# Apply asks by check_plan and once more under the lock; a verification reads files only.
ASKS_ITSELF = {"start_apply", "start_verify"}
STARTS = [
    function
    for module in (actions, adoption)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if name.startswith("start_") and name not in ASKS_ITSELF
]


@pytest.mark.parametrize("action", STARTS, ids=lambda function: function.__name__)
def test_an_action_makes_sure_of_its_database_first(action: Callable[..., object]) -> None:
    assert "vado.recognise(environment)" in inspect.getsource(action)
