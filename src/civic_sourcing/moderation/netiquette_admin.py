"""The town's rules in Wagtail's admin: a snippet in every language of the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from civic_sourcing.core.text import TextRefused, normalise
from civic_sourcing.moderation.models import NetiquetteRule

SPECIAL = ("needs_text", "hides_at_once", "is_emergency", "is_advertising", "retired")
WORDS = ("title", "meaning", "example", "statement_template")


class RuleForm(WagtailAdminModelForm):
    """Plain words in one language; what is no wording holds in all of them."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in WORDS:
            if cleaned.get(name):
                self.tidy(cleaned, name)
        return cleaned

    def tidy(self, cleaned: dict[str, Any], name: str) -> None:
        """Take out of a text what hides in it or piles up."""
        length = self._meta.model._meta.get_field(name).max_length
        try:
            cleaned[name] = normalise(cleaned[name], max_length=length, single_line=name == "title")
        except TextRefused as refused:
            self.add_error(name, refused)

    def save(self, commit: bool = True) -> NetiquetteRule:
        rule: NetiquetteRule = super().save(commit=commit)
        if rule.pk:
            rule.share_settings()
        return rule


def special(rule: NetiquetteRule) -> str:
    """What a rule does beyond being one, in words."""
    meta: Any = rule._meta
    names = (name for name in SPECIAL if getattr(rule, name))
    return ", ".join(str(meta.get_field(name).verbose_name) for name in names) or "–"


class NetiquetteRuleViewSet(SnippetViewSet):
    """The rules people report under. Used ones are retired rather than deleted."""

    model = NetiquetteRule
    icon = "list-ul"
    menu_label = _("Netiquette rules")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        LocaleColumn(label=_("Language")),
        "severity",
        Column("special", label=_("Special"), accessor=special),
    ]
    list_filter = ["severity", "retired"]
    search_fields = ["title", "meaning"]
    search_backend_name = None
    ordering = ["position", "pk"]
    panels = [
        FieldPanel("title"),
        FieldPanel("meaning"),
        FieldPanel("example"),
        FieldPanel("statement_template"),
        MultiFieldPanel(
            [
                FieldPanel("severity"),
                FieldPanel("needs_text"),
                FieldPanel("hides_at_once"),
                FieldPanel("is_emergency"),
                FieldPanel("is_advertising"),
                FieldPanel("position"),
                FieldPanel("retired"),
            ],
            heading=_("In all languages"),
        ),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=RuleForm).bind_to_model(self.model)


def register_netiquette() -> None:
    """Give the rules their screens; called where Wagtail looks for hooks."""
    register_snippet(NetiquetteRuleViewSet)
    hooks.register("before_delete_snippet", keep_rules_in_use)


def keep_rules_in_use(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """A rule that reports or decisions rest on is retired: they go on naming it."""
    if not any(isinstance(row, NetiquetteRule) and row.is_used for row in instances):
        return None
    messages.error(
        request, _now("Somebody reported or decided under this rule, so it can only be retired.")
    )
    return redirect(NetiquetteRule.snippet_viewset.get_url_name("list"))
