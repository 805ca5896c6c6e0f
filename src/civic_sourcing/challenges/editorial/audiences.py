"""Whom a challenge is for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """More than one may be named; the rules say who may really enter."""

    RESIDENTS = "residents", _("Residents")
    STUDENTS = "students", _("Pupils and students")
    RESEARCHERS = "researchers", _("Researchers")
    COMPANIES = "companies", _("Companies and founders")
    ASSOCIATIONS = "associations", _("Associations")
    ARTISTS = "artists", _("Artists and designers")
    DEVELOPERS = "developers", _("Developers")
    OFFICIALS = "officials", pgettext_lazy("audience", "Public employees")


def audience_label(key: str) -> Any:
    """In the active language; as it stands where it is none of ours."""
    return Audience(key).label if key in Audience.values else key
