"""What the screens of results share: whose people are named, and in what currency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.panel.desk.together import TogetherScreen
from civic_sourcing.core.money import format_money
from civic_sourcing.participants.models import Participant

NAMESPACE = "civic_challenge_results_admin"
FOLDER = "civic_sourcing/challenges/admin/results"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """What people are called in public, by their random number."""
    wanted = {key for key in people if key is not None}
    rows = Participant.objects.filter(uuid__in=wanted).select_related("user")
    return {row.uuid: row.public_name for row in rows}


class ResultsScreen(TogetherScreen):
    """A screen about the results of one challenge, for whoever may lead its judging."""

    page_title: Any = _("Results")

    def money(self, amount: int) -> str:
        return format_money(amount, self.facts.currency)

    def trail(self) -> list[tuple[str, Any]]:
        return [*super().trail(), (address("index", self.process.uuid), _("Results"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"results_url": address("index", self.process.uuid)}
