"""The editing form of a report page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from civic_sourcing.moderation.figures import PARTS, Period
from civic_sourcing.moderation.showing.places import SITE, public_forums


class ModerationReportForm(WagtailAdminPageForm):
    """Offers the forums by name, and takes no period that is not over."""

    forums = forms.MultipleChoiceField(
        label=capfirst(_("forums")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all that everybody may read, and profiles."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "forums" in self.fields:
            named = [(forum.key, forum.title) for forum in public_forums().values()]
            self.fields["forums"].choices = [*named, (SITE, _("No forum: profiles"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        year, part = cleaned.get("year"), cleaned.get("part")
        if year and part in PARTS and Period(year, part).last_day >= localdate():
            last = date_format(Period(year, part).last_day, "DATE_FORMAT")
            message = _("This period ends on %(date)s. Its figures can be counted after that.")
            self.add_error("part", ValidationError(message % {"date": last}, code="not-over"))
        return cleaned
