"""Licences in Wagtail's admin: their wording, and which ones a process offers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from civic_sourcing.attribution.actions.licences import OfferLicences, WordLicence
from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import Licence
from civic_sourcing.processes.process_screens import ProcessScreen

try:
    from wagtail.permissions import register_permission_policy
except ImportError:  # Wagtail 7.4 asks the viewset
    register_permission_policy = None


class LicenceForm(WagtailAdminModelForm):
    """A licence with name and plain words in every language of the site's content."""

    class Meta:
        model = Licence
        fields = ["key", "url", "claims_rights", "retired"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None
        wording = self.instance.current if self.instance.pk else None
        for code, language in content_languages():
            self.fields[f"name_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("Name"), language),
                required=False,
                max_length=100,
                initial=wording.names.get(code, "") if wording else "",
            )
            self.fields[f"summary_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("In plain words"), language),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Two or three sentences. Changing them makes a new version."),
                initial=wording.summaries.get(code, "") if wording else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not any(self.words("name").values()) or not any(self.words("summary").values()):
            raise forms.ValidationError(
                _("A licence needs a name and a few plain words in at least one language.")
            )
        return cleaned

    def words(self, what: str) -> dict[str, str]:
        """Return the texts typed, by language code."""
        return {
            code: self.cleaned_data.get(f"{what}_{code}", "").strip()
            for code, _language in content_languages()
        }

    def save(self, commit: bool = True) -> Licence:
        names = self.words("name")
        self.instance.name = next(filter(None, names.values()))
        licence: Licence = super().save(commit=commit)
        WordLicence(
            licence, by=self.for_user, names=names, summaries=self.words("summary")
        ).execute()
        return licence


class LicencePermissionPolicy(ModelPermissionPolicy):
    """Model permissions, less deleting: a licence is retired, and what was chosen stays."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


licence_policy = LicencePermissionPolicy(Licence)
if register_permission_policy is not None:
    register_permission_policy(Licence, licence_policy, exact_class=True)


class LicenceViewSet(ModelViewSet):
    """The licences a town has, each with the wording in force."""

    model = Licence
    name = "civic_licences_admin"
    url_prefix = "civic/licences"
    icon = "doc-full"
    menu_label = _("Licences")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["name", "claims_rights", "retired"]
    search_backend_name = None
    permission_policy = licence_policy

    def get_form_class(self, for_update: bool = False) -> type[LicenceForm]:
        return LicenceForm


class OfferForm(forms.Form):
    """Which licences a process offers, and which one is chosen beforehand."""

    licences = forms.ModelMultipleChoiceField(
        label=_("Licences people can choose from"),
        queryset=Licence.objects.filter(retired=False),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Good practice: leave rights with the proposer. A licence that claims more is "
            "announced before the form begins."
        ),
    )
    first = forms.ModelChoiceField(
        label=_("Chosen beforehand"), queryset=Licence.objects.filter(retired=False)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, licences = cleaned.get("first"), cleaned.get("licences")
        if first and licences is not None and first not in licences:
            self.add_error("first", _("Choose one of the licences offered."))
        return cleaned

    @property
    def in_order(self) -> list[Licence]:
        """The one chosen beforehand, then the others."""
        first = self.cleaned_data["first"]
        return [first, *(each for each in self.cleaned_data["licences"] if each != first)]


class ProcessLicencesView(ProcessScreen):
    """Choose what a process offers. For people who may publish one of its pages."""

    form_class = OfferForm
    template_name = "civic_sourcing/attribution/admin/process_licences.html"
    page_title = _("Licences")
    header_icon = "doc-full"
    done = _("The licences offered are changed.")

    def get_initial(self) -> dict[str, Any]:
        rows = [version.licence for version in offered(self.process)]
        return {"licences": rows, "first": next(iter(rows), None)}

    def settle(self, form: OfferForm) -> None:
        OfferLicences(self.process, by=self.request.user, licences=form.in_order).execute()


def content_languages() -> list[tuple[str, str]]:
    """Codes and names of the languages the site's content is written in."""
    return list(getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES)
