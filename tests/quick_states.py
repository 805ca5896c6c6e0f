"""
Render the models that migrations see in a fraction of the time, to the same end.

For each operation Django makes anew the classes of all that has to do with a model, hundreds of
them, so that they know of each other. Making or changing a table needs the class of that one alone;
what else an operation may ask for is made whole before it (``LOOKS_AROUND``), as Django itself does
before Python code of a migration. And fields are copied, not made out of what they were made of.

``tests/test_quick_states.py`` proves that the tables are the same.
"""

import copy
import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.migrations.operations import (
    AlterField,
    AlterModelTable,
    AlterOrderWithRespectTo,
    RenameField,
    RenameModel,
    RunPython,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced
from django.db.models import Field
from django.utils.functional import cached_property

RARELY = (50_000, 10, 10)
"""Classes lie in circles, so they do have to be collected now and then."""

LOOKS_AROUND = (AlterField, AlterModelTable, AlterOrderWithRespectTo, RenameField, RenameModel)
"""Operations that may change other tables than their own, or what others call it."""


@contextmanager
def quick_states() -> Iterator[None]:
    """Migrate in less time."""
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    with ExitStack() as patched:
        for owner, name, replacement in replacements():
            usually = getattr(owner, name)
            patched.enter_context(patch.object(owner, name, replacement(usually)))
        yield
    gc.set_threshold(*usual)


def replacements() -> Iterator[tuple[type, str, Callable[[Any], Any]]]:
    yield Apps, "get_containing_app_config", _containing_app_config
    yield Field, "clone", _clone
    yield ProjectState, "reload_model", _reload_model
    for name in ("add_model", "add_field", "remove_field"):
        yield ProjectState, name, _alone
    yield ProjectState, "alter_field", _alone_unless_referenced
    yield ProjectState, "alter_model_options", _alone_unless_renamed
    for operation in LOOKS_AROUND:
        for name in ("database_forwards", "database_backwards"):
            yield operation, name, _with_whole_states
    yield RunPython, "database_backwards", _with_whole_states


def _containing_app_config(usual: Any) -> Any:
    def get_containing_app_config(self: Apps, object_name: str) -> AppConfig | None:
        return None if object_name == "__fake__" else usual(self, object_name)

    return get_containing_app_config


def _clone(usual: Any) -> Any:
    def clone(self: Field) -> Field:
        if hasattr(self, "model") or not type(self).__module__.startswith("django."):
            return usual(self)
        copied = copy.deepcopy(self)
        for name in _cached_properties(type(self)):
            copied.__dict__.pop(name, None)
        _count(copied)
        return copied

    return clone


@functools.cache
def _cached_properties(kind: type) -> list[str]:
    return [
        name
        for each in kind.__mro__
        for name, found in vars(each).items()
        if isinstance(found, cached_property | functools.cached_property)
    ]


def _count(field: Field) -> None:
    """Fields have the order in which they were made."""
    if field.auto_created:
        field.creation_counter = Field.auto_creation_counter
        Field.auto_creation_counter -= 1
    else:
        field.creation_counter = Field.creation_counter
        Field.creation_counter += 1


def _reload_model(usual: Any) -> Any:
    def reload_model(
        self: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        if "apps" not in self.__dict__:
            return
        if not self.__dict__.get("_is_alone", delay):
            del self.__dict__["apps"]
            return
        self.is_delayed = True
        with self.apps.bulk_update():
            self.apps.unregister_model(app_label, model_name)
        self.apps.render_multiple([self.models[app_label, model_name]])

    return reload_model


@contextmanager
def _saying(state: ProjectState, is_alone: bool) -> Iterator[None]:
    state._is_alone = is_alone
    try:
        yield
    finally:
        del state._is_alone


def _alone(usual: Any) -> Any:
    def changed(self: ProjectState, *given: Any, **named: Any) -> None:
        with _saying(self, is_alone=True):
            usual(self, *given, **named)

    return changed


def _alone_unless_referenced(usual: Any) -> Any:
    def alter_field(
        self: ProjectState, app_label: str, model_name: str, name: str, field: Field, *rest: Any
    ) -> None:
        referenced = field_is_referenced(self, (app_label, model_name), (name, field))
        with _saying(self, is_alone=not referenced):
            usual(self, app_label, model_name, name, field, *rest)

    return alter_field


def _alone_unless_renamed(usual: Any) -> Any:
    def alter_model_options(
        self: ProjectState, app_label: str, model_name: str, options: dict, *rest: Any, **more: Any
    ) -> None:
        with _saying(self, is_alone="db_table" not in options):
            usual(self, app_label, model_name, options, *rest, **more)

    return alter_model_options


def _with_whole_states(usual: Any) -> Any:
    def migrate(
        self: Operation, app_label: str, editor: Any, before: ProjectState, after: ProjectState
    ) -> None:
        if not (isinstance(self, AlterField) and _is_unreferenced(self, app_label, before)):
            before.clear_delayed_apps_cache()
            after.clear_delayed_apps_cache()
            _first = before.apps  # columns have the order in which fields are made
        usual(self, app_label, editor, before, after)

    return migrate


def _is_unreferenced(operation: AlterField, app_label: str, state: ProjectState) -> bool:
    field = operation.name, operation.field
    return not field_is_referenced(state, (app_label, operation.model_name_lower), field)
