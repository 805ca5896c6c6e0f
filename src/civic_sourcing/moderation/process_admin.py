"""The screen on which editors say how a process is moderated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.moderation.actions.forums import (
    FIELDS,
    MOST_HOURS,
    MOST_REPORTERS,
    SetModeration,
)
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.keeper import premoderation_of
from civic_sourcing.moderation.models import ForumModeration, PreModeration
from civic_sourcing.processes.process_screens import ProcessScreen

MEANINGS = {
    PreModeration.NONE: _(
        "Everything is published at once. What checks find is shown to moderators."
    ),
    PreModeration.CHECKS: _(
        "What an automatic check stops at waits; all else is published at once."
    ),
    PreModeration.NEWCOMERS: _("What newcomers write waits as well, until people know them."),
    PreModeration.EVERYONE: _("Nothing is published before a moderator has read it."),
}
CONTACT_LENGTH = 1000


class ModerationForm(forms.Form):
    """What waits, how soon is decided, how many reporters hide, whom to call."""

    premoderation = forms.ChoiceField(
        label=_("What waits for a moderator"),
        choices=[(mode, format_lazy("{}: {}", mode.label, MEANINGS[mode])) for mode in MEANINGS],
        widget=forms.RadioSelect,
    )
    target_hours = forms.IntegerField(
        label=_("Hours until a first decision"),
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("People who wait are told. Empty: as the site’s settings say."),
    )
    auto_hide_reporters = forms.IntegerField(
        label=_("Reporters that hide until review"),
        required=False,
        min_value=0,
        max_value=MOST_REPORTERS,
        help_text=_(
            "So many different people who are known here hide something until a moderator has "
            "looked; 0: never. Empty: as the site’s settings say."
        ),
    )
    contact = PlainTextField(
        label=_("Whom to call in an emergency"),
        required=False,
        max_length=CONTACT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name and telephone of the town’s contact, shown to moderators."),
    )


class ProcessModerationView(ProcessScreen):
    """Say how a process is moderated. For people who may publish one of its pages."""

    form_class = ModerationForm
    template_name = "civic_sourcing/moderation/admin/process_moderation.html"
    page_title = _("Moderation")
    header_icon = "comment"
    done = _("The moderation is changed.")

    def get_initial(self) -> dict[str, Any]:
        row = ForumModeration.objects.filter(process=self.process).first() or ForumModeration()
        values = {name: getattr(row, name) for name in FIELDS}
        return {**values, "premoderation": premoderation_of(self.process)}

    def settle(self, form: ModerationForm) -> None:
        SetModeration(self.process, by=self.request.user, **form.cleaned_data).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        defaults = {"hours": conf.CASE_TARGET_HOURS, "reporters": conf.TRUSTED_REPORTERS}
        return {**super().get_context_data(**kwargs), **defaults}


ADDRESSES = [
    path(
        "processes/<uuid:uuid>/moderation/",
        ProcessModerationView.as_view(),
        name="process_moderation",
    )
]
