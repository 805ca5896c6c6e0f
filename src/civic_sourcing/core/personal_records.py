"""
Who answers for what is stored about a person: to list it, to hand it out, to erase it.

Every room that stores anything about people registers one handler. ``unnamed_models`` finds the
models that were forgotten, and a test of the suite insists that there are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.functional import Promise

PEOPLE = ("civic_participants.participant",)
"""Labels of models that stand for a person, beside the host's user model."""


@dataclass(frozen=True)
class Entry:
    """One thing of one's own: what it is called, where it is, and how it stands."""

    title: str | Promise
    url: str = ""
    state: str | Promise = ""
    language: str = ""


@dataclass(frozen=True)
class Summary:
    """
    One line of “what we keep about you”: words, how many, and where to see them.

    ``entries`` may name the latest few of them, for people to find their own again.
    """

    label: str | Promise
    count: int
    url: str = ""
    entries: tuple[Entry, ...] = ()


class PersonalRecords:
    """
    What one room keeps about people. ``models`` are labels such as ``"civic_ideas.support"``.

    A participant may have no account any more: then ``participant.user`` is ``None``.
    """

    name: ClassVar[str]
    models: ClassVar[tuple[str, ...]] = ()

    def summary(self, participant: Any) -> list[Summary]:
        """Return the lines about ``participant``; none where there is nothing to say."""
        return []

    def export(self, participant: Any) -> Any:
        """Return everything kept about ``participant`` in a form JSON knows."""
        raise NotImplementedError

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        """
        Take personal values out of every row, inside the caller's transaction.

        ``blank_texts`` also empties what the person wrote for the public. Safe to call twice.
        """
        raise NotImplementedError


_handlers: dict[str, PersonalRecords] = {}


def register_personal_records(handler: PersonalRecords) -> None:
    """Let ``handler`` answer for its models. Raises ``ValueError`` if its name is taken."""
    if type(_handlers.setdefault(handler.name, handler)) is not type(handler):
        raise ValueError(f"Another handler is already registered as {handler.name!r}.")


def personal_records() -> list[PersonalRecords]:
    """Return the handlers in the order of their names."""
    return [_handlers[name] for name in sorted(_handlers)]


def unnamed_models() -> list[str]:
    """Return the labels of our models with a path to a person that no handler names."""
    named = {label.lower() for handler in _handlers.values() for label in handler.models}
    return sorted(set(_models_about_people()) - named)


def _models_about_people() -> Iterator[str]:
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label.startswith("civic_") and not model._meta.proxy
    ]
    people: set[type[Model]] = {get_user_model()}
    people |= {model for model in ours if model._meta.label_lower in PEOPLE}
    yield from (model._meta.label_lower for model in people if model in ours)
    while found := [model for model in ours if model not in people and _points_at(model, people)]:
        people.update(found)
        yield from (model._meta.label_lower for model in found)


def _points_at(model: type[Model], targets: set[type[Model]]) -> bool:
    return any(
        field.remote_field and field.related_model in targets for field in model._meta.local_fields
    )
