"""The four screens on which editors set up a vote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.desk.setup.ballot_form import (
    BallotForm,
    initial_of_areas,
    initial_of_limits,
)
from civic_sourcing.budgets.desk.setup.choice_forms import (
    CategoryFormSet,
    DependencyFormSet,
    ExclusiveFormSet,
)
from civic_sourcing.budgets.desk.setup.counting_forms import CountingForm, GroupFormSet
from civic_sourcing.budgets.desk.setup.money_form import AreaFormSet, MoneyForm
from civic_sourcing.budgets.desk.setup.titles import titles_of
from civic_sourcing.budgets.desk.tabs import after
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.models import (
    BudgetRules,
    ExclusiveSet,
    ProjectDependency,
    VoteArea,
    VoteCategory,
    VoterGroup,
)
from civic_sourcing.core.money_fields import typed_money
from civic_sourcing.processes.named_forms import names_in_form

CHANGED_MEANWHILE = _(
    "Somebody else has changed this in the meantime. Below is what you typed; if you save it "
    "again, it takes the place of theirs."
)
FRESH = BudgetRules()
"""What holds as long as nobody has said anything."""


@dataclass(frozen=True)
class RowList:
    """Rows that come and go: formset, heading, words on the button that adds one, explanation."""

    formset: Any
    heading: Any
    add: Any
    introduction: Any


class SetupScreen(DeskScreen):
    """
    One part of the set-up: a form, and below it lists of rows.

    Subclasses name the lists in ``lists``, their rows in ``rows`` and what the action takes in
    ``changes``.
    """

    lists: ClassVar[dict[str, RowList]] = {}
    done = _("The rules of the vote are changed.")

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        """Money comes first: everything else is said in its units."""
        if self.tab != "money" and self.rules is None and self.may_settle():
            messages.info(self.request, _("Please say first how much money there is."))
            return redirect(address("money", self.process))
        return super().dispatch(*args, **kwargs)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """What the rows of one list show."""
        raise NotImplementedError

    def changes(self, form: Any) -> dict[str, Any]:
        """What ``ChangeVoteRules`` takes."""
        raise NotImplementedError

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return f"civic_sourcing/budgets/admin/vote/setup_{self.tab}.html"

    def options(self, name: str) -> dict[str, Any]:
        """Arguments for the forms of one list."""
        return {}

    @cached_property
    def formsets(self) -> dict[str, Any]:
        sent = self.request.POST if self.request.method == "POST" else None
        return {
            name: each.formset(
                sent, prefix=name, initial=self.rows(name), form_kwargs=self.options(name)
            )
            for name, each in self.lists.items()
        }

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        valid = [part.is_valid() for part in (form, *self.formsets.values())]
        if not all(valid) or not self.fits_together(form):
            return self.form_invalid(form)
        if self.request.POST.get("seen", self.seen) != self.seen:
            context = self.get_context_data(form=form, refused=CHANGED_MEANWHILE)
            return self.render_to_response(context, status=409)
        return self.form_valid(form)

    @cached_property
    def seen(self) -> str:
        """A digest of what holds, sent along to notice that somebody else has changed it."""
        told = [sorted(self.get_initial().items()), *(self.rows(name) for name in self.lists)]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def fits_together(self, form: Any) -> bool:
        """Look at what form and lists say together, once each is right by itself."""
        return True

    def settle(self, form: Any) -> None:
        ChangeVoteRules(self.process, by=self.request.user, **self.changes(form)).execute()

    @property
    def next_url(self) -> str:
        goes_on = "go_on" in self.request.POST
        return address(after(self.tab) if goes_on else self.tab, self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lists = [
            {"name": name, "rows": self.formsets[name], "words": each}
            for name, each in self.lists.items()
        ]
        media = context["form"].media
        for formset in self.formsets.values():
            media += formset.media
        return {
            **context,
            "lists": lists,
            "media": media,
            "seen": self.seen,
            "is_last": after(self.tab) == "check",
            "is_frozen": is_frozen(self.process),
        }


class MoneyView(SetupScreen):
    """How much money there is, in one purse or by area."""

    tab = "money"
    page_title = _("Money and areas")
    form_class = MoneyForm
    lists = {
        "areas": RowList(
            AreaFormSet,
            _("Areas"),
            _("Add an area"),
            _(
                "Without areas the whole town has one purse. With areas each has its own, and "
                "every project belongs to one of them. For money that everybody may give out, add "
                "the whole town as an area."
            ),
        )
    }

    def get_initial(self) -> dict[str, Any]:
        rules = self.rules
        if rules is None:
            return {"area_use": FRESH.area_use}
        whole = "" if self.areas else typed_money(rules.amount, rules.currency)
        return {"currency": rules.currency, "area_use": rules.area_use, "amount": whole}

    @cached_property
    def areas(self) -> list[VoteArea]:
        return list(VoteArea.objects.of(self.process))

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {
                **names_in_form(area.names),
                "code": area.code,
                "budget": typed_money(area.budget, self.currency),
                "town_wide": area.town_wide,
                "population": area.population,
                "outline": area.outline,
            }
            for area in self.areas
        ]

    def fits_together(self, form: MoneyForm) -> bool:
        areas, currency = self.formsets["areas"], form.cleaned_data["currency"]
        if not areas.kept_forms and form.cleaned_data["amount"] is None:
            form.add_error("amount", _("Say how much money there is, or add an area."))
            return False
        return form.take_currency(currency) & areas.take_currency(currency)

    def changes(self, form: MoneyForm) -> dict[str, Any]:
        areas = self.formsets["areas"].values()
        typed = form.cleaned_data
        amount = sum(area["budget"] for area in areas) if areas else form.minor
        known = {"currency": typed["currency"], "area_use": typed["area_use"]}
        return {**known, "amount": amount, "areas": areas}


class BallotView(SetupScreen):
    """What voters fill in, and its limits."""

    tab = "ballot"
    page_title = _("Ballot")
    form_class = BallotForm

    @cached_property
    def areas(self) -> list[VoteArea]:
        return list(VoteArea.objects.of(self.process))

    def get_form_kwargs(self) -> dict[str, Any]:
        areas = [(area.code, area.name) for area in self.areas]
        return {**super().get_form_kwargs(), "currency": self.currency, "areas": areas}

    def get_initial(self) -> dict[str, Any]:
        rules = self.rules or FRESH
        plain = {name: getattr(rules, name) for name in ("scope", "may_leave_area_empty", "faulty")}
        if self.rules is None:
            return plain
        own = {area.code: area.ballot_limits for area in self.areas}
        limits = initial_of_limits(self.rules.ballot_limits, self.currency)
        return {**plain, **limits, **initial_of_areas(own)}

    def changes(self, form: BallotForm) -> dict[str, Any]:
        typed = form.cleaned_data
        return {
            "limits": form.limits,
            "area_limits": form.limits_of_areas,
            "scope": typed["scope"] or FRESH.scope,
            "may_leave_area_empty": typed["may_leave_area_empty"],
            "faulty": typed["faulty"],
        }


class ChoicesView(SetupScreen):
    """What may be chosen together."""

    tab = "choices"
    page_title = _("Categories and conditions")
    form_class = forms.Form
    lists = {
        "categories": RowList(
            CategoryFormSet,
            _("Categories"),
            _("Add a category"),
            _(
                "Projects are sorted by them. You can say how many of each a ballot chooses, and "
                "how many are funded: the best ones of a category then go first."
            ),
        ),
        "exclusive": RowList(
            ExclusiveFormSet,
            _("Only one of these"),
            _("Add a set"),
            _("Of the projects of a set a ballot can be for one at most."),
        ),
        "dependencies": RowList(
            DependencyFormSet,
            _("Only together"),
            _("Add a condition"),
            _("A project that makes no sense without another one."),
        ),
    }

    @cached_property
    def titles(self) -> dict[str, str]:
        return titles_of(self.process)

    def options(self, name: str) -> dict[str, Any]:
        return {} if name == "categories" else {"titles": self.titles}

    def rows(self, name: str) -> list[dict[str, Any]]:
        match name:
            case "categories":
                return [
                    {
                        **names_in_form(row.names),
                        "code": row.code,
                        "least": row.least or None,
                        "most": row.most,
                        "winners_least": row.winners_least or None,
                        "winners_most": row.winners_most,
                    }
                    for row in VoteCategory.objects.of(self.process)
                ]
            case "exclusive":
                sets = ExclusiveSet.objects.of(self.process).prefetch_related("members")
                return [{"numbers": ", ".join(each.numbers)} for each in sets]
        pairs = ProjectDependency.objects.filter(project__process=self.process)
        rows = pairs.order_by("project__position", "needs__position")
        numbers = rows.values_list("project__number", "needs__number")
        return [{"project": project, "needs": needs} for project, needs in numbers]

    def changes(self, form: Any) -> dict[str, Any]:
        return {name: formset.values() for name, formset in self.formsets.items()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "titles": self.titles}


class CountingView(SetupScreen):
    """How the money is given out."""

    tab = "counting"
    page_title = _("Who wins")
    form_class = CountingForm
    lists = {
        "groups": RowList(
            GroupFormSet,
            _("Groups of voters"),
            _("Add a group"),
            _(
                "Only where groups of voters weigh differently, such as 50 percent for citizens, "
                "40 for a committee, 10 for graduates. The weights add up to 100."
            ),
        )
    }

    def get_initial(self) -> dict[str, Any]:
        rules = self.rules or FRESH
        names = (
            "rule", "utility", "completion", "tie", "lot_seed", "threshold_of", "quorum_of",
            "paper_rule",
        )  # fmt: skip
        least = {name: _plain(getattr(rules, name)) for name in ("threshold", "quorum")}
        return {**{name: getattr(rules, name) for name in names}, **least}

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [
            {**names_in_form(row.names), "code": row.code, "weight": _plain(row.weight)}
            for row in VoterGroup.objects.of(self.process)
        ]

    def changes(self, form: CountingForm) -> dict[str, Any]:
        return {**form.cleaned_data, "groups": self.formsets["groups"].values()}


def _plain(number: Any) -> str:
    """A decimal without zeros at its end; nothing for 0."""
    return f"{number:f}".rstrip("0").rstrip(".") if number else ""
