"""Facts about the rooms that load a module when a name of it is first asked for."""

import importlib
import pkgutil
from types import ModuleType

import pytest

import vado.application
import vado.backups
import vado.migrations

ROOMS = [vado.application, vado.backups, vado.migrations]


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_of_a_room_can_be_had(room: ModuleType) -> None:
    for name in room.__all__:
        assert getattr(room, name) is getattr(room, name)


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_is_called_as_a_name_that_the_room_exports(room: ModuleType) -> None:
    modules = {module.name for module in pkgutil.iter_modules(room.__path__)}

    assert not modules & set(room.__all__)


@pytest.mark.parametrize("room", ROOMS)
def test_a_name_that_is_not_there_is_an_ordinary_error(room: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        importlib.import_module(room.__name__).nothing  # noqa: B018 (the access is what is tried)
