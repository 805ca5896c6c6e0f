"""Between frozen dataclasses and plain documents: written without loss, read back strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from civic_sourcing.budgets.counting.amounts import Amount, exact, parse_amount, plain

from .limits import LIMITS, BallotType, Limits

Document = TypeVar("Document")

UNLESS_EMPTY = {"unless_empty": True}
"""Metadata of a field that came later: where it is empty, a document has no such key."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class RulebookError(ValueError):
    """
    A document that is not a rulebook: ``place`` is the path to what is wrong (``areas.0.code``).
    """

    def __init__(self, place: str, expected: str, found: Any) -> None:
        self.place = place
        super().__init__(f"{place or 'rulebook'}: expected {expected}, not {str(found)[:60]!r}")


def written(value: Any) -> Any:
    """Return ``value`` as plain dicts, lists, texts, whole numbers, truth values and ``None``."""
    if isinstance(value, Limits):
        return {"ballot": value.ballot_type.value, **_written_fields(value)}
    if is_dataclass(value):
        return _written_fields(value)
    if isinstance(value, tuple):
        return [written(part) for part in value]
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, StrEnum):
        return value.value
    return amount_written(value) if isinstance(value, Fraction) else value


def amount_written(amount: Amount) -> int | str:
    """A whole number as it is, a decimal as text without loss."""
    whole = exact(amount)
    return whole if isinstance(whole, int) else plain(whole)


def _written_fields(value: Any) -> dict[str, Any]:
    told = {field.name: getattr(value, field.name) for field in fields(value)}
    later = _later(value)
    return {name: written(part) for name, part in told.items() if part or name not in later}


def _later(kind: Any) -> frozenset[str]:
    """Names of the fields that are left out while they are empty."""
    return frozenset(field.name for field in fields(kind) if field.metadata == UNLESS_EMPTY)


def moment(at: datetime) -> str:
    """Write an aware time as ``2026-05-04T18:00:00.000000Z``. Raises ``ValueError`` if naive."""
    if at.tzinfo is None:
        raise ValueError(f"expected an aware time, not {at!r}")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read_document(kind: type[Document], document: Any, version: int) -> Document:
    """
    Return the ``kind`` that ``document`` was written from.

    Raises ``RulebookError`` for another ``version``, for a key too many or too few and for any
    value of another type than ``written`` makes.
    """
    if not isinstance(document, Mapping):
        raise RulebookError("", "an object", document)
    content = dict(document)
    found = content.pop("version", None)
    if type(found) is not int or found != version:
        raise RulebookError("version", str(version), found)
    made: Document = _read_fields(kind, content, "")
    return made


def read_limits(document: Any) -> Limits:
    """Return the limits that ``written`` made ``document`` of. Raises ``RulebookError``."""
    limits: Limits = _read_limits(document, "limits")
    return limits


def _read_fields(kind: Any, document: Any, place: str) -> Any:
    if not isinstance(document, Mapping):
        raise RulebookError(place, "an object", document)
    hints = get_type_hints(kind)
    empty = {name for name in _later(kind) if not document.get(name)}
    names = [field.name for field in fields(kind) if field.name not in empty]
    if odd := sorted(set(map(str, document)) ^ set(names)):
        raise RulebookError(_below(place, odd[0]), f"the keys {', '.join(names)}", list(document))
    return kind(**{name: _read(hints[name], document[name], _below(place, name)) for name in names})


def _read(hint: Any, value: Any, place: str) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return _read_one_of(get_args(hint), value, place)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], value, place)
    if hint is Limits:
        return _read_limits(value, place)
    if is_dataclass(hint):
        return _read_fields(hint, value, place)
    return _read_plain(hint, value, place)


def _read_list(hint: Any, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise RulebookError(place, "a list", value)
    return tuple(_read(hint, part, f"{place}.{index}") for index, part in enumerate(value))


def _read_plain(hint: Any, value: Any, place: str) -> Any:
    if hint is datetime:
        return _read_moment(value, place)
    if issubclass(hint, StrEnum):
        if value not in list(hint):
            raise RulebookError(place, f"one of {', '.join(hint)}", value)
        return hint(value)
    if type(value) is not hint:
        raise RulebookError(place, hint.__name__, value)
    return value


def _read_one_of(hints: tuple[Any, ...], value: Any, place: str) -> Any:
    if value is None and NoneType in hints:
        return None
    if Fraction in hints:
        return _read_amount(value, place)
    return _read(next(hint for hint in hints if hint is not NoneType), value, place)


def _read_amount(value: Any, place: str) -> int | Fraction:
    if type(value) is int:
        return value
    try:
        amount = parse_amount(value, signed=True)
    except (TypeError, ValueError):
        raise RulebookError(place, "an amount", value) from None
    if not isinstance(amount, Fraction) or plain(amount) != value:
        raise RulebookError(place, "an amount in its shortest form", value)
    return amount


def _read_limits(value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise RulebookError(place, "an object", value)
    content = dict(value)
    kind = content.pop("ballot", None)
    if kind not in list(BallotType):
        raise RulebookError(f"{place}.ballot", f"one of {', '.join(BallotType)}", kind)
    return _read_fields(LIMITS[BallotType(kind)], content, place)


def _read_moment(value: Any, place: str) -> datetime:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise RulebookError(place, "a time such as 2026-05-04T18:00:00.000000Z", value)


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
