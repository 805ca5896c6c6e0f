"""The ballot paper: in which order projects stand on it, and the sheets for polling places."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.order_projects import OrderProjects
from civic_sourcing.budgets.ballots import Rulebook
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.paper.printed import PrintedPaper, papers_of
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.desk.setup.titles import titles_of
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.rulebooks import frozen, rulebook_of
from civic_sourcing.budgets.saying import Names

BY_NUMBER = "by_number"
DIGITS = re.compile(r"(\d+)")


class OrderForm(forms.Form):
    """For each project the place it is to have; the same place twice keeps the order of before."""

    def __init__(self, *args: Any, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        for place, (number, title) in enumerate(titles.items(), start=1):
            self.fields[f"place-{number}"] = forms.IntegerField(
                label=f"{number} {title}".strip(), min_value=0, max_value=99_999, initial=place
            )

    @property
    def numbers(self) -> list[str]:
        """The numbers in the order that was typed, or by number where that was asked for."""
        if BY_NUMBER in self.data:
            return sorted(self.titles, key=in_counting_order)
        return sorted(self.titles, key=lambda number: self.cleaned_data[f"place-{number}"])


class PaperView(DeskScreen):
    """The order of the projects, as long as the vote has not opened, and the ways to print."""

    tab = "paper"
    page_title = _("Ballot paper")
    form_class = OrderForm
    template_name = "civic_sourcing/budgets/admin/vote/paper.html"
    done = _("The order of the projects is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "titles": titles_of(self.process)}

    def settle(self, form: OrderForm) -> None:
        OrderProjects(self.process, by=self.request.user, numbers=form.numbers).execute()

    @property
    def next_url(self) -> str:
        return address("paper", self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rulebook = rulebook_now(self)
        names = Names.of(self.process, rulebook, {}) if rulebook else Names("")
        url = address("print_paper", self.process)
        papers = papers_of(rulebook, names) if rulebook else []
        return {
            **super().get_context_data(**kwargs),
            "is_frozen": is_frozen(self.process),
            "prints": [(name, f"{url}?area={code}") for code, name in papers],
        }


class PrintView(DeskScreen):
    """One ballot paper to be printed: that of the area in the address, or of the whole town."""

    tab = "paper"
    form_class = forms.Form
    page_title = _("Ballot paper")
    template_name = "civic_sourcing/budgets/admin/vote/printed_paper.html"
    http_method_names = ["get", "head", "options"]

    @cached_property
    def rulebook(self) -> Rulebook:
        found = rulebook_now(self)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = Names.of(self.process, self.rulebook, titles_of(self.process))
        area = self.request.GET.get("area", "")
        if area not in dict(papers_of(self.rulebook, names)):
            raise Http404
        printed = PrintedPaper(self.rulebook, area, names)
        return {"page": self.page, "paper": printed, "is_frozen": is_frozen(self.process)}


def rulebook_now(screen: DeskScreen) -> Rulebook | None:
    """The rules that are frozen, else those of the set-up; none where nobody has set them."""
    if screen.run is not None and screen.run.rulebook:
        return frozen(screen.run)
    return rulebook_of(screen.process) if screen.rules is not None else None


def in_counting_order(number: str) -> list[Any]:
    """A key by which 2 comes before 10, and N/2 before N/10."""
    parts = DIGITS.split(number)
    return [int(part) if part.isdecimal() else part for part in parts]
