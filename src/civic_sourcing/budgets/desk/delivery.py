"""What becomes of the funded projects: who carries them out, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.desk.fields import DayField, DepartmentChoice, DepartmentsChoice
from civic_sourcing.answers.desk.promise_forms import CareForm
from civic_sourcing.answers.desk.reach import owner_choices
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.budgets.actions.promise_projects import PromiseProjects
from civic_sourcing.budgets.delivery.owed import Owed, binding_count, owed_of
from civic_sourcing.budgets.delivery.views import delivery_url
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.core.money import format_money
from civic_sourcing.processes.roles import roles_of


class DeliveryForm(CareForm):
    """Which projects, and the plan they share; what is planned already stays."""

    projects = forms.MultipleChoiceField(
        label=_("Projects"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one project.")},
    )
    department = DepartmentChoice(label=_("Responsible department"))
    partners = DepartmentsChoice(label=_("Departments that help"))
    expected_on = DayField(
        label=_("Expected"),
        required=False,
        help_text=_("Published as a promise. From then on it counts as late."),
    )

    field_order = ["projects", "department", "partners", "owner", "expected_on"]

    def __init__(self, *args: Any, owed: list[Owed], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.project.number, named(each, currency)) for each in owed]
        self.fields["projects"].choices = choices  # type: ignore[attr-defined]
        self.fields["projects"].initial = [number for number, _label in choices]

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the action."""
        cleaned = dict(self.cleaned_data)
        return {**cleaned, "numbers": cleaned.pop("projects")}


class DeliveryView(DeskScreen):
    """Funded projects with their promises, and a plan for those that have none yet."""

    tab = "delivery"
    page_title = _("Delivery")
    header_icon = "check"
    form_class = DeliveryForm
    template_name = "civic_sourcing/budgets/admin/vote/delivery.html"
    done = _("It is promised. Everybody concerned is told, and the clock runs.")

    def may_settle(self) -> bool:
        return self.is_official or self.runs_vote

    @cached_property
    def is_official(self) -> bool:
        return OFFICIAL in roles_of(self.request.user, self.process)

    @cached_property
    def runs_vote(self) -> bool:
        return super().may_settle()

    @cached_property
    def owed(self) -> list[Owed]:
        return owed_of(self.process)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "owed": [each for each in self.owed if each.is_gap and each.is_funded],
            "currency": self.currency,
            "people": owner_choices(self.process),
        }

    def settle(self, form: DeliveryForm) -> None:
        PromiseProjects(self.process, by=self.request.user, **form.arguments).execute()

    @property
    def next_url(self) -> str:
        return address("delivery", self.process)

    @property
    def back_url(self) -> str:
        return super().back_url if self.runs_vote else reverse("civic_answers_admin:adoptions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        count = binding_count(self.process)
        tabs = context["tabs"]
        return {
            **context,
            "tabs": tabs if self.runs_vote else [tab for tab in tabs if tab.is_current],
            "is_official": self.is_official,
            "is_binding": count is not None,
            "count": count,
            "lines": [self.line(each) for each in self.owed],
            "gaps": sum(each.is_gap and each.is_funded for each in self.owed),
            "public_url": delivery_url(self.process),
        }

    def line(self, each: Owed) -> dict[str, Any]:
        """One project as the table shows it."""
        plan = each.adoption
        url = reverse("civic_answers_admin:adoption", args=[plan.uuid]) if plan else ""
        return {
            "owed": each,
            "cost": money(each, self.currency),
            "plan": plan,
            "url": url if self.is_official else "",
            "is_late": plan is not None and plan.is_late(localdate(self.at)),
        }


def named(each: Owed, currency: str) -> str:
    return f"{each.project.number} · {each.title} ({money(each, currency)})"


def money(each: Owed, currency: str) -> str:
    return format_money(each.project.cost, currency) if currency else str(each.project.cost)
