"""
Render the models that migrations see in two thirds of the time, to the same end.

For each operation Django makes hundreds of classes anew, and two questions take a good part of it:
which app ``__fake__`` belongs to (none does), and what a field was made of (the same as last time).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models import Field

RARELY = (50_000, 10, 10)
"""Classes lie in circles, so they do have to be collected now and then."""


@contextmanager
def quick_states() -> Iterator[None]:
    """Migrate in less time."""
    usual = gc.get_threshold(), Apps.get_containing_app_config, Field.clone
    gc.set_threshold(*RARELY)
    Apps.get_containing_app_config = _containing_app_config(usual[1])
    Field.clone = _clone(usual[2])
    try:
        yield
    finally:
        gc.set_threshold(*usual[0])
        Apps.get_containing_app_config, Field.clone = usual[1:]


def _containing_app_config(usual: Any) -> Any:
    def get_containing_app_config(self: Apps, object_name: str) -> AppConfig | None:
        return None if object_name == "__fake__" else usual(self, object_name)

    return get_containing_app_config


def _clone(usual: Any) -> Any:
    def clone(self: Field) -> Field:
        if hasattr(self, "model"):
            return usual(self)
        # what Django changes in the field of a state when another one is renamed
        renamed = getattr(self.remote_field, "field_name", None), getattr(self, "to_fields", None)
        made_of = self.__dict__.get("_made_of")
        if made_of is None or made_of[0] != renamed:
            self._made_of = made_of = (renamed, *self.deconstruct()[2:])
        return type(self)(*made_of[1], **made_of[2])

    return clone
