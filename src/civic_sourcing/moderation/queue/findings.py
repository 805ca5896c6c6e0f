"""Findings of automatic checks in words. They are stored as codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks.personal import LABELS
from civic_sourcing.moderation.models import Finding, WordList

SENTENCES: Mapping[str, Promise] = {
    "all-capitals": _("%(capitals)s of %(letters)s letters are capitals."),
    "too-many-links": _("%(links)s links; newcomers may have %(most)s."),
    "own-text-again": _("The author has handed in the same text %(times)s times before."),
    "taken-down-before": _("The same text by the same author was taken down before."),
    "many-alike": _("%(people)s people have handed in the same text, word for word."),
    "flood": _("The author wrote %(contributions)s texts within %(minutes)s minutes."),
    "public-name": _("The author’s name looks like that of an official."),
    "disguised-name": _("A name that stands for the city is written with look-alike letters."),
    "like-advertising": _(
        "%(percent)s %% like what was taken down as advertising (learnt from %(examples)s "
        "decisions). The marked pieces weighed most."
    ),
}
"""By code; the numbers are those of the explanation."""


def in_words(finding: Finding) -> str:
    """Say what was found; a code of somebody else’s check stands for itself."""
    facts: dict[str, Any] = finding.explanation if isinstance(finding.explanation, dict) else {}
    personal = {str(kind): label for kind, label in LABELS.items()}
    if finding.code in personal:
        return _now("Looks like: %(kind)s") % {"kind": personal[finding.code]}
    if "list" in facts:
        words = WordList.objects.filter(pk=facts["list"]).first()
        name = str(words) if words else "–"
        if facts.get("disguised"):
            return _now("On the list “%(list)s”, written in disguise") % {"list": name}
        return _now("On the list “%(list)s”") % {"list": name}
    try:
        return str(SENTENCES[finding.code]) % facts
    except (KeyError, TypeError, ValueError):
        return finding.code
