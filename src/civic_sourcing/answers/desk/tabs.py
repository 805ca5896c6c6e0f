"""The ways between the screens of officials."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.desk.names import URL_NAME

SCREENS = (
    ("due", pgettext_lazy("answers", "Due"), f"{URL_NAME}:index"),
    ("adoptions", _("Adopted"), f"{URL_NAME}:adoptions"),
    ("gaps", _("Gaps"), f"{URL_NAME}:gaps"),
)


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    is_current: bool


def tabs_for(current: str) -> list[Tab]:
    return [Tab(label, reverse(name), key == current) for key, label, name in SCREENS]
