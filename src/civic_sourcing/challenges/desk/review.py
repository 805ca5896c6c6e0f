"""The ninth section: what is missing, what was said, and the steps to the public."""

from __future__ import annotations

from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    ArchiveChallenge,
    PublishChallenge,
    RequestEdits,
    RestoreChallenge,
    ReviewStep,
    SendToReview,
    TakeBack,
)
from civic_sourcing.challenges.desk.names import address
from civic_sourcing.challenges.desk.screens import DeskScreen
from civic_sourcing.challenges.editorial.points import points_of
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.models import ReviewMessage, Round
from civic_sourcing.challenges.status import Status
from civic_sourcing.challenges.timeline import status_at
from civic_sourcing.core.money import format_money

STEPS: tuple[tuple[str, type[ReviewStep], Any, str], ...] = (
    ("send", SendToReview, _("Send to the review"), ""),
    ("approve", ApproveChallenge, _("Approve"), ""),
    ("publish", PublishChallenge, _("Publish now"), ""),
    ("edits", RequestEdits, _("Request edits"), "button-secondary"),
    ("take_back", TakeBack, pgettext_lazy("challenge", "Take it back"), "button-secondary"),
    ("archive", ArchiveChallenge, _("Archive"), "button-secondary"),
    ("restore", RestoreChallenge, _("Restore"), "button-secondary"),
)


class ReviewView(DeskScreen):
    """Where the challenge stands on its way to the public."""

    section = Section.REVIEW
    form_class = forms.Form
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]
    template_name = "civic_sourcing/challenges/admin/review.html"
    page_title = _("Review")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        points = points_of(self.draft)
        said = ReviewMessage.objects.filter(process=self.process).select_related("by__user")
        labels = dict(Section.choices)
        return {
            **super().get_context_data(**kwargs),
            "points": [
                (section.label, self.way(section), list(rows))
                for section, rows in groupby(points, key=lambda point: point.section)
            ],
            "number_of_points": len(points),
            "messages_said": [
                (each, labels.get(each.section, "")) for each in said.order_by("-at", "-pk")
            ],
            "steps": self._steps(points),
            "approvals": self._approvals(),
            "live_url": self.draft.page.full_url if self.draft.page.live else "",
        }

    def _steps(self, points: list[Any]) -> list[dict[str, Any]]:
        """The steps that are open to this person now."""
        found = []
        for name, step, label, variant in STEPS:
            if self.facts.state not in step.begins or not step.policy.allows(self.occasion):
                continue
            if name in ("send", "approve", "publish") and self._blocked(name, points):
                continue
            if name == "archive" and not self._is_over():
                continue
            url = address(name, self.process)
            found.append({"label": label, "url": url, "variant": variant})
        return found

    @staticmethod
    def _blocked(name: str, points: list[Any]) -> bool:
        but = {"send": {"approval", "notice"}, "approve": {"notice"}, "publish": set()}[name]
        return any(point.code not in but for point in points)

    def _is_over(self) -> bool:
        rounds = list(Round.objects.of(self.process))
        status = status_at(self.facts, rounds, self.at)
        return self.facts.state != "published" or status == Status.CLOSED

    def _approvals(self) -> list[dict[str, Any]]:
        """A line for each limit the prize money passes: who approved it, or the way to say so."""
        open_limits = self.draft.limits_open()
        return [
            {
                "limit": format_money(limit, self.facts.currency),
                "given": [each for each in self.draft.approvals if each.limit >= limit],
                "url": address("approval", self.process, limit) if limit in open_limits else "",
            }
            for limit in self.draft.limits_passed()
        ]
