"""Who may put projects on a ballot paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.models import BudgetVotePage
from civic_sourcing.core.policies import Occasion, Policy, Refusal


class MayAddProjects(Policy):
    """
    Whoever may add pages below the vote's page; to ``publish`` them, whoever may publish there.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        may = occasion.subject.permissions_for_user(occasion.user)
        publish = occasion.extra.get("publish", False)
        if may.can_publish_subpage() if publish else may.can_add_subpage():
            return None
        return Refusal(_("Only who may add pages below the page of this vote can do this."))


def votes_open_to(user: Any) -> list[BudgetVotePage]:
    """
    The pages of votes below which ``user`` may add projects, one for each vote and language.

    Left out are votes that came from a file or have opened already.
    """
    pages = BudgetVotePage.objects.filter(alias_of=None).exclude(process=None)
    pages = pages.select_related("locale", "process").order_by("-process__pk", "pk")
    return [
        page
        for page in pages
        if page.takes_projects() and page.permissions_for_user(user).can_add_subpage()
    ]
