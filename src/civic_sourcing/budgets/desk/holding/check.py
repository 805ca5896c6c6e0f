"""The set-up check: what voters will meet, and what is still open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.findings import open_in_words, parts_in_words
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.desk.setup.titles import titles_of
from civic_sourcing.budgets.electorate import may_vote_twice
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.rulebooks import findings, frozen, rulebook_of
from civic_sourcing.budgets.saying import Names


class CheckView(DeskScreen):
    """
    What voters will meet and what keeps the vote from opening. Once open: the frozen rules.
    """

    tab = "check"
    page_title = _("Check")
    header_icon = "clipboard-list"
    form_class = forms.Form
    template_name = "civic_sourcing/budgets/admin/vote/check.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **checked(self), "open_url": address("open", self.process)}


def checked(screen: DeskScreen) -> dict[str, Any]:
    """What the check says of the vote of ``screen``."""
    process, run = screen.process, screen.run
    rulebook = None
    if run is not None and run.rulebook:
        rulebook = frozen(run)
    elif screen.rules is not None:
        rulebook = rulebook_of(process)
    names = Names.of(process, rulebook, titles_of(process)) if rulebook else Names("")
    points = [] if is_frozen(process) else findings(process, screen.at)
    return {
        "is_frozen": is_frozen(process),
        "points": open_in_words(points, names, process, screen.page),
        "may_vote_twice": may_vote_twice(process),
        "parts": parts_in_words(rulebook, names) if rulebook else [],
    }
