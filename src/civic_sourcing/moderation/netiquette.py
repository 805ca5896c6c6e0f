"""The rules that come with the package, for a town to begin with and to make its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from wagtail.models import Locale

from civic_sourcing.moderation.models import NetiquetteRule

RULED = ("severity", "needs_text", "hides_at_once", "is_emergency", "is_advertising", "retired")

PACKAGED = UUID("6f0e1b7c-0d39-5c07-9a4b-3f2f5f8a1d55")
"""Namespace of the packaged rules' translation keys."""


def rule_key(name: str) -> UUID:
    """Return the translation key of a packaged rule, such as ``"respect"``."""
    return uuid5(PACKAGED, name)


@cache
def packaged_rules() -> Sequence[Mapping[str, Any]]:
    """Return the rules of ``data/netiquette_rules.json`` in their order."""
    source = files("civic_sourcing.moderation").joinpath("data/netiquette_rules.json")
    rules: Sequence[Mapping[str, Any]] = json.loads(source.read_text("utf-8"))["rules"]
    return rules


@transaction.atomic
def load_rules() -> list[NetiquetteRule]:
    """
    Make the packaged rules that are missing, in every language the site has and they are in.

    What is there stays as the town has changed or retired it. Return what was made.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    made = []
    for position, rule in enumerate(packaged_rules(), start=1):
        for language, words in rule["words"].items():
            if language in locales:
                found, is_new = _load(rule, words, locales[language], position)
                made += [found] * is_new
    return made


def _load(
    rule: Mapping[str, Any], words: Mapping[str, str], locale: Locale, position: int
) -> tuple[NetiquetteRule, bool]:
    """Take the rest from the rule's other languages, where a town may have changed it."""
    key = rule_key(rule["key"])
    known = NetiquetteRule.objects.filter(translation_key=key).first()
    values: dict[str, Any] = {"position": position, **words}
    for name in RULED:
        values[name] = getattr(known, name) if known else rule.get(name, False)
    return NetiquetteRule.objects.get_or_create(translation_key=key, locale=locale, defaults=values)
