"""The directories of challenges in Wagtail's admin: partners, and legal bases of prizes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.coreutils import get_content_languages
from wagtail.permission_policies import ModelPermissionPolicy

from civic_sourcing.challenges.models import LegalAuthority, Partner
from civic_sourcing.challenges.roles import MANAGER, STEWARD
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.processes.roles import roles_anywhere

try:
    from wagtail.permissions import register_permission_policy
except ImportError:  # Wagtail 7.4 asks the viewset
    register_permission_policy = None

NAME, EXPLANATION = 200, 2000


class KeptByRoles(ModelPermissionPolicy):
    """For people with one of ``roles`` somewhere; nothing is deleted, only retired."""

    roles: frozenset[str] = frozenset({MANAGER, STEWARD})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(self.roles & roles_anywhere(user))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class KeptByStewards(KeptByRoles):
    roles = frozenset({STEWARD})


class OfRole(MenuItem):
    """Shown to those who may change the list it leads to."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(frozenset({MANAGER, STEWARD}) & roles_anywhere(request.user))


class AuthorityForm(WagtailAdminModelForm):
    """A legal basis with its name in every language of the site's content."""

    class Meta:
        model = LegalAuthority
        fields = ["key", "position", "retired"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None
        for code, language in get_content_languages().items():
            named = {"language": language}
            self.fields[f"name_{code}"] = PlainTextField(
                label=_("Name (%(language)s)") % named,
                required=False,
                max_length=NAME,
                single_line=True,
                initial=self.instance.names.get(code, ""),
            )
            self.fields[f"explanation_{code}"] = PlainTextField(
                label=_("What it allows (%(language)s)") % named,
                required=False,
                max_length=EXPLANATION,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=self.instance.explanations.get(code, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(self.words("name").values()):
            raise forms.ValidationError(_("Write the name in one language at least."))
        return cleaned

    def words(self, what: str) -> dict[str, str]:
        """The texts typed, by language."""
        typed = {code: self.cleaned_data.get(f"{what}_{code}") for code in get_content_languages()}
        return {code: text for code, text in typed.items() if text}

    def save(self, commit: bool = True) -> LegalAuthority:
        self.instance.names = self.words("name")
        self.instance.explanations = self.words("explanation")
        authority: LegalAuthority = super().save(commit=commit)
        return authority


partner_policy = KeptByRoles(Partner)
authority_policy = KeptByStewards(LegalAuthority)
if register_permission_policy is not None:
    register_permission_policy(Partner, partner_policy, exact_class=True)
    register_permission_policy(LegalAuthority, authority_policy, exact_class=True)


class PartnerViewSet(ModelViewSet):
    """Universities, associations, companies that can bring people along."""

    model = Partner
    name = "civic_partners_admin"
    url_prefix = "civic/partners"
    icon = "group"
    menu_label = _("Partners")
    menu_item_class = OfRole
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "kind", "email", "retired"]
    list_filter = ["kind", "retired"]
    search_fields = ["name", "note"]
    search_backend_name = None
    form_fields = ["name", "kind", "email", "note", "retired"]
    permission_policy = partner_policy


class LegalAuthorityViewSet(ModelViewSet):
    """What allows the city to give prizes; challenges choose from it."""

    model = LegalAuthority
    name = "civic_legal_bases_admin"
    url_prefix = "civic/legal-bases"
    icon = "doc-full"
    menu_label = _("Legal bases of prizes")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["name", "key", "retired"]
    search_backend_name = None
    permission_policy = authority_policy

    def get_form_class(self, for_update: bool = False) -> type[AuthorityForm]:
        return AuthorityForm


hooks.register("register_admin_viewset", PartnerViewSet)
hooks.register("register_admin_viewset", LegalAuthorityViewSet)
