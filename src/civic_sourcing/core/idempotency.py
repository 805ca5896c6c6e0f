"""
A repeated request returns the first result.

A form carries a random key. The first request with it claims the key by a unique constraint, in the
transaction in which the action performs; a parallel twin waits there and then gets what the first
one got. If the first is refused or fails, the claim is rolled back with it and the key is free.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.base import File
from django.db import IntegrityError, models, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.audit import canonical_json
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.models import IdempotencyKey


class Claim:
    """
    One request's hold on its key. Use inside the transaction in which the action performs.

    ``scope`` is what keys are unique within (actor and action); ``content`` is what the request
    asks for, and the same key with other content is refused.
    """

    def __init__(self, key: str, *, scope: Any, content: Any, using: str) -> None:
        self.using = using
        self.digest = hashlib.sha256(canonical_json([scope, key]).encode()).hexdigest()
        text = canonical_json(portable(content)).encode()
        self.content = hmac.new(key.encode(), text, hashlib.sha256).hexdigest()

    def take(self) -> bool:
        """
        Return whether this request is the first with its key; wait for a parallel one to end.

        Raises ``IdempotencyConflict`` where the key belongs to other content.
        """
        self.row = IdempotencyKey(digest=self.digest, content=self.content)
        try:
            with transaction.atomic(using=self.using):
                self.row.save(force_insert=True, using=self.using)
        except IntegrityError:
            self.row = IdempotencyKey.objects.using(self.using).get(digest=self.digest)
        else:
            return True
        if not hmac.compare_digest(self.row.content, self.content):
            raise IdempotencyConflict()
        return False

    def is_taken(self) -> bool:
        """Tell whether a request with this key was carried out already. Takes nothing."""
        return IdempotencyKey.objects.using(self.using).filter(digest=self.digest).exists()

    def first_result(self) -> Any:
        """Return what the first request with this key returned."""
        if self.row.result is None:
            raise RuntimeError("An action cannot repeat itself while it is still performing.")
        return recalled(self.row.result, self.using)

    def keep(self, result: Any) -> None:
        """Store ``result`` for repetitions. Raises ``TypeError`` if it has no lasting form."""
        IdempotencyKey.objects.using(self.using).filter(digest=self.digest).update(
            result=kept(result)
        )


def kept(result: Any) -> dict[str, Any]:
    """
    Return ``result`` as JSON: a saved row as its label and key, plain JSON as it is.

    Raises ``TypeError`` for anything else; an action with a key then has to return one of these.
    """
    if isinstance(result, Model):
        return {"model": result._meta.label_lower, "pk": str(result.pk)}
    if not _is_json(result):
        raise TypeError(
            "An action with an idempotency key returns a model instance or plain JSON, "
            f"not {result!r}."
        )
    return {"value": result}


def recalled(reference: Mapping[str, Any], using: str) -> Any:
    """Return the result ``reference`` stands for. Refuse (code ``gone``) where its row is gone."""
    if "model" not in reference:
        return reference["value"]
    rows = apps.get_model(reference["model"])._base_manager.using(using)
    try:
        return rows.get(pk=reference["pk"])
    except models.ObjectDoesNotExist:
        raise ActionRefused(_("This was saved, but it no longer exists."), code="gone") from None


def portable(value: Any) -> Any:
    """
    Return ``value`` as plain JSON that is equal exactly where two requests ask for the same.

    Rows count by label and key, files by name and content, sets by their sorted members. Raises
    ``TypeError`` for what has no such form.
    """
    for kinds, form in FORMS:
        if isinstance(value, kinds):
            return form(value)
    raise TypeError(f"An idempotent request cannot be told apart by {value!r}.")


def _file_digest(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _is_json(value: Any) -> bool:
    match value:
        case None | bool() | int() | float() | str():
            return True
        case list():
            return all(map(_is_json, value))
        case dict():
            return all(isinstance(name, str) and _is_json(part) for name, part in value.items())
    return False


def _all_portable(values: Iterable[Any]) -> list[Any]:
    return [portable(value) for value in values]


# The first line that fits decides, so enumerations of strings come before strings.
FORMS: list[tuple[tuple[type, ...], Callable[[Any], Any]]] = [
    ((Enum,), lambda value: portable(value.value)),
    ((NoneType, bool, int, str), lambda value: value),
    ((float, Decimal, UUID, Promise), str),
    ((date, time), lambda value: value.isoformat()),
    ((timedelta,), lambda value: value.total_seconds()),
    ((bytes,), lambda value: hashlib.sha256(value).hexdigest()),
    ((Model,), lambda row: [row._meta.label_lower, str(row.pk)]),
    ((File,), lambda file: [file.name, _file_digest(file)]),
    ((Mapping,), lambda value: {str(name): portable(part) for name, part in value.items()}),
    ((set, frozenset), lambda value: sorted(map(canonical_json, _all_portable(value)))),
    ((list, tuple, models.QuerySet), _all_portable),
]
