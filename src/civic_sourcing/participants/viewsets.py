"""Participants and legal texts in Wagtail's admin. No e-mail address is shown or searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.actions import CorrectAge, PublishLegalText, VerifyAttribute
from civic_sourcing.participants.confusables import mixed_words
from civic_sourcing.participants.models import LegalText, Participant
from civic_sourcing.participants.permissions import legal_text_policy, people_policy


class PersonForm(WagtailAdminModelForm):
    """What the city may set about somebody: a verified attribute, and a corrected age answer."""

    key = forms.SlugField(label=_("What was verified"), required=False, max_length=50)
    value = forms.CharField(label=_("Value"), required=False, max_length=150)
    source = forms.CharField(
        label=_("Verified by"),
        required=False,
        max_length=150,
        help_text=_("An office or a register, not a person."),
    )

    class Meta:
        model = Participant
        fields = ["age_band"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        given = [bool(cleaned.get(name)) for name in ("key", "value", "source")]
        if any(given) and not all(given):
            self.add_error("key", _("Fill in all three, or none of them."))
        return cleaned

    def save(self, commit: bool = True) -> Participant:
        person = Participant.objects.get(pk=self.instance.pk)
        if "age_band" in self.changed_data:
            CorrectAge(person, by=self.for_user, age_band=self.cleaned_data["age_band"]).execute()
        if self.cleaned_data.get("key"):
            facts = {name: self.cleaned_data[name] for name in ("key", "value", "source")}
            VerifyAttribute(person, by=self.for_user, **facts).execute()
        return person


def standing_now(person: Participant) -> str:
    return str(person.get_standing_display())


def warnings_about(person: Participant) -> str:
    """Words of the name that mix scripts which look alike, for a moderator to look at."""
    words = mixed_words(person.name)
    return str(_("Mixed scripts: %(words)s") % {"words": ", ".join(words)}) if words else ""


class ParticipantViewSet(ModelViewSet):
    """Find people by public name, see their standing, vouch for something about them."""

    model = Participant
    name = "civic_participants_admin"
    url_prefix = "civic/participants"
    icon = "group"
    menu_label = _("Participants")
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    ordering = ["-created_at"]
    search_fields = ["name"]
    search_backend_name = None
    list_filter = ["standing", "affiliation"]
    list_per_page = 50
    list_export: list[str] = []
    form_fields = ["age_band"]
    inspect_view_fields = [
        "name", "uuid", "affiliation", "affiliation_note", "standing", "suspended_until",
        "language", "created_at", "verified_attributes",
    ]  # fmt: skip
    permission_policy = people_policy

    @property
    def list_display(self) -> list[Any]:
        return [
            Column("public_name", label=_("Public name"), sort_key="name"),
            Column("get_affiliation_display", label=_("Interest"), sort_key="affiliation"),
            Column(standing_now, label=_("Standing"), sort_key="standing"),
            Column(warnings_about, label=_("To look at")),
            DateColumn("created_at", label=_("Takes part since"), sort_key="created_at"),
        ]

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm


class LegalTextForm(WagtailAdminModelForm):
    """One version in all its languages, with the box that puts it into force."""

    publish = forms.BooleanField(
        label=_("Publish this version"),
        required=False,
        help_text=_(
            "From then on nothing of it can be changed, and people who take part are asked to "
            "agree to it. For a change, write the next version."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.published_at is not None:
            self.add_error(None, _("This version is published. Please write the next version."))
        return cleaned

    def save(self, commit: bool = True) -> LegalText:
        text: LegalText = super().save(commit=commit)
        if commit and self.cleaned_data.get("publish"):
            try:
                text = PublishLegalText(text, by=self.for_user).execute()
            except ActionRefused as refused:
                self.refused = refused
        return text


class LegalTextViewSet(SnippetViewSet):
    """Terms, privacy notice and code of conduct, in versions."""

    model = LegalText
    icon = "clipboard-list"
    menu_label = _("Legal texts")
    add_to_settings_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display = ["kind", "version", "published_at"]
    list_filter = ["kind"]
    permission_policy = legal_text_policy
    panels = [
        FieldPanel("kind"),
        InlinePanel(
            "bodies",
            [FieldPanel("language"), FieldPanel("title"), FieldPanel("body")],
            label=_("Text in one language"),
            min_num=1,
        ),
        FieldPanel("publish"),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=LegalTextForm).bind_to_model(self.model)
