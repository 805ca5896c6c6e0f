"""The checks there are, and all of them at work."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit, Verdict

logger = logging.getLogger(__name__)

OFF = "off"

_checks: dict[str, ContentCheck] = {}


def register_check(check: ContentCheck) -> None:
    """Have ``check`` look at every text. A second check of the same key is a mistake."""
    known = _checks.setdefault(check.key, check)
    if type(known) is not type(check):
        raise ValueError(f"Another check is registered as {check.key!r}: {known!r}.")


def unregister_check(key: str) -> None:
    """Forget a check; for tests, and for towns that bring their own."""
    _checks.pop(key, None)


def content_checks() -> Sequence[ContentCheck]:
    """Return all registered checks by key."""
    return [_checks[key] for key in sorted(_checks)]


def content_check(key: str) -> ContentCheck | None:
    """Return the check of that key, ``None`` if its room or town is gone."""
    return _checks.get(key)


def examine(text: CheckedText) -> list[Hit]:
    """
    Return what all checks say, as the town wants them to judge (``CHECK_VERDICTS``).

    A check that fails is logged and finds nothing: nobody is silenced by a mistake of ours.
    """
    return [hit for check in content_checks() for hit in _judged(check, text)]


def _judged(check: ContentCheck, text: CheckedText) -> Iterator[Hit]:
    wanted = conf.CHECK_VERDICTS
    if wanted.get(check.key) == OFF:
        return
    try:
        hits = list(check.examine(text))
    except Exception:
        logger.exception("The check %s failed.", check.key)
        return
    for hit in hits:
        verdict = wanted.get(hit.code, wanted.get(check.key))
        if verdict == OFF:
            continue
        yield replace(hit, verdict=cast(Verdict, verdict)) if verdict else hit
