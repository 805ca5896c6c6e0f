"""The screen on which editors say how a process is moderated."""

from __future__ import annotations

from typing import Any

import swapper
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.core.exceptions import ActionRefused
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
from civic_sourcing.processes.models import Process

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


class ProcessModerationView(WagtailAdminTemplateMixin, FormView):
    """Say how a process is moderated. For people who may publish one of its pages."""

    form_class = ModerationForm
    template_name = "civic_sourcing/moderation/admin/process_moderation.html"
    page_title = _("Moderation")
    header_icon = "comment"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.back_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not self.page.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    @cached_property
    def process(self) -> Process:
        return get_object_or_404(Process, uuid=self.kwargs["uuid"])

    @cached_property
    def page(self) -> Any:
        """A page of the process, its own rather than an alias."""
        pages = swapper.load_model("wagtailcore", "Page").objects
        pages = pages.filter(translation_key=self.process.translation_key, alias_of=None)
        return get_object_or_404(pages.order_by("pk")[:1]).specific

    def get_page_subtitle(self) -> str:
        title: str = self.page.get_admin_display_title()
        return title

    def get_initial(self) -> dict[str, Any]:
        row = ForumModeration.objects.filter(process=self.process).first() or ForumModeration()
        values = {name: getattr(row, name) for name in FIELDS}
        return {**values, "premoderation": premoderation_of(self.process)}

    def form_valid(self, form: ModerationForm) -> HttpResponse:
        try:
            SetModeration(self.process, by=self.request.user, **form.cleaned_data).execute()
        except ActionRefused as refused:
            return self.render_to_response(
                self.get_context_data(form=form, refused=refused.message), status=409
            )
        messages.success(self.request, _("The moderation is changed."))
        return redirect(self.back_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        defaults = {"hours": conf.CASE_TARGET_HOURS, "reporters": conf.TRUSTED_REPORTERS}
        return {**super().get_context_data(**kwargs), "back_url": self.back_url, **defaults}

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


ADDRESSES = [
    path(
        "processes/<uuid:uuid>/moderation/",
        ProcessModerationView.as_view(),
        name="process_moderation",
    )
]
