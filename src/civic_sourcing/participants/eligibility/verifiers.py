"""
Verifiers: small questions about a person that a process may ask, one class each.

A room or a host registers its own with ``register_verifier_kind``; editors choose them per process.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured

from civic_sourcing.participants.eligibility.conditions import Condition, Label
from civic_sourcing.processes.models import Process


class Verifier:
    """
    One condition, with the ``options`` it was set with.

    ``missing`` costs at most one query and is only asked about people who are signed in, unless
    ``asks_visitors``. Answer with a whole sentence and how the condition is met.
    """

    key: ClassVar[str]
    label: ClassVar[Label]
    help_text: ClassVar[Label] = ""
    asks_visitors: ClassVar[bool] = False

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self.options = dict(options or {})

    @property
    def requirement(self) -> Label:
        """What is asked for, as shown before a form is filled."""
        return self.label

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        """Return the condition ``user`` does not meet at ``at``, or ``None``."""
        raise NotImplementedError

    @classmethod
    def is_available(cls) -> bool:
        """Whether this site can ask it at all."""
        return True

    @classmethod
    def option_fields(cls, process: Process, user: Any) -> dict[str, forms.Field]:
        """Form fields for the options, by name; ``user`` is the member of staff who chooses."""
        return {}

    @classmethod
    def refusal_of(cls, options: Mapping[str, Any]) -> Label | None:
        """Why these options cannot be set, as a sentence; ``None`` if they can."""
        return None


_kinds: dict[str, type[Verifier]] = {}


def register_verifier_kind(kind: type[Verifier]) -> type[Verifier]:
    """Let processes ask ``kind``. Raises ``ImproperlyConfigured`` if its key is taken."""
    known = _kinds.setdefault(kind.key, kind)
    if known is not kind:
        raise ImproperlyConfigured(
            f"{kind!r} cannot be registered as {kind.key!r}: {known!r} already is."
        )
    return kind


def forget_verifier_kind(kind: type[Verifier]) -> None:
    """Take a kind back. Processes that ask it refuse everybody until it is there again."""
    _kinds.pop(kind.key, None)


def verifier_kinds() -> list[type[Verifier]]:
    """All registered kinds, in order of registration."""
    return list(_kinds.values())


def find_verifier_kind(key: str) -> type[Verifier] | None:
    return _kinds.get(key)
