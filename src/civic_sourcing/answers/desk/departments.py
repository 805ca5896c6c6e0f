"""Departments and their agreements in Wagtail's admin, as snippets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from civic_sourcing.answers.models import Agreement, Department
from civic_sourcing.core.text import TextRefused, normalise


class TidyForm(WagtailAdminModelForm):
    """Plain words; what hides in them or piles up is taken out. ``words`` names the fields."""

    words: Sequence[str] = ()
    lines: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in self.words:
            if cleaned.get(name):
                self.tidy(cleaned, name)
        return cleaned

    def tidy(self, cleaned: dict[str, Any], name: str) -> None:
        length = self._meta.model._meta.get_field(name).max_length
        try:
            cleaned[name] = normalise(
                cleaned[name], max_length=length, single_line=name in self.lines
            )
        except TextRefused as refused:
            self.add_error(name, refused)


class DepartmentForm(TidyForm):
    """What is no wording holds in all languages."""

    words = ("name", "contact", "description")
    lines = ("name",)

    def save(self, commit: bool = True) -> Department:
        department: Department = super().save(commit=commit)
        if department.pk:
            department.share_settings()
        return department


class AgreementForm(TidyForm):
    """Between at least two departments, as the name says."""

    words = ("title", "text")
    lines = ("title",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        departments = cleaned.get("departments")
        if departments is not None and len(departments) < 2:
            self.add_error("departments", _("An agreement is between at least two departments."))
        return cleaned


class DepartmentViewSet(SnippetViewSet):
    """The parts of the city that answer. Those named somewhere are closed rather than deleted."""

    model = Department
    icon = "group"
    menu_label = _("Departments")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "name",
        LocaleColumn(label=_("Language")),
        "group",
        BooleanColumn("retired", label=capfirst(_("closed"))),
    ]
    list_filter = ["retired"]
    search_fields = ["name", "description"]
    search_backend_name = None
    ordering = ["position", "name", "pk"]
    panels = [
        FieldPanel("name"),
        FieldPanel("contact"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("group"), FieldPanel("position"), FieldPanel("retired")],
            heading=_("In all languages"),
        ),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=DepartmentForm).bind_to_model(self.model)


class AgreementViewSet(SnippetViewSet):
    """How departments work together, agreed once and used by any number of adoptions."""

    model = Agreement
    icon = "clipboard-list"
    menu_label = _("Agreements of departments")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["title", "valid_from", "valid_to"]
    search_fields = ["title", "text"]
    search_backend_name = None
    ordering = ["title", "pk"]
    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("departments", widget=CheckboxSelectMultiple),
        FieldPanel("valid_from"),
        FieldPanel("valid_to"),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=AgreementForm).bind_to_model(self.model)


def register_departments() -> None:
    """Give both their screens; called where Wagtail looks for hooks."""
    register_snippet(DepartmentViewSet)
    register_snippet(AgreementViewSet)
    hooks.register("before_delete_snippet", keep_what_is_named)


def keep_what_is_named(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """A department that answered is closed, an agreement in use ends: both keep their names."""
    for row in instances:
        if isinstance(row, Department) and row.is_used:
            messages.error(
                request, _now("An answer, a promise or a plan names this department: close it.")
            )
            return redirect(Department.snippet_viewset.get_url_name("list"))
        if isinstance(row, Agreement) and row.adoptions.exists():
            messages.error(
                request, _now("A plan rests on this agreement: say until when it is valid.")
            )
            return redirect(Agreement.snippet_viewset.get_url_name("list"))
    return None
