"""One contribution as an official sees it: its text, what is owed, what was said, what becomes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.screens import ContributionScreen
from civic_sourcing.answers.desk.words import words_of
from civic_sourcing.answers.display.adoptions import TONES
from civic_sourcing.answers.display.answers import answers_of, shown
from civic_sourcing.answers.display.causes import cause_label
from civic_sourcing.answers.display.clocks import clock_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import WRITABLE, Adoption, AnswerPart, OfficialAnswer, Promise
from civic_sourcing.answers.places import parts_for
from civic_sourcing.answers.policies import may_answer
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.colleagues import name_of


class ContributionView(ContributionScreen):
    """The text beside everything the city owes and says; people asked for a part see that alone."""

    officials_only = False
    template_name = "civic_sourcing/answers/admin/contribution.html"

    def get_page_title(self) -> str:
        return str(self.contribution.public_title)

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = Names()
        parts = [part for part in self.parts() if part.contributed_at is None]
        context = {
            **super().get_context_data(**kwargs),
            "words": words_of(self.contribution),
            "asked": [(part, names.of(part.department), self.part_url(part)) for part in parts],
            "owed": [self.owed(row, names) for row in self.promises()],
            "bar": self.bar(),
        }
        return {**context, **self.office(names)} if self.is_official else context

    def bar(self) -> str:
        """Why the user does not answer here themselves; empty where they may."""
        refusal = may_answer.refusal(Occasion(self.request.user, self.contribution, self.at))
        return str(refusal.message) if refusal else ""

    def parts(self) -> list[AnswerPart]:
        """The parts the user may write."""
        rows = parts_for(self.request.user).select_related("answer", "department")
        waiting = rows.filter(answer__contribution=self.contribution, answer__state__in=WRITABLE)
        return list(waiting.order_by("pk").distinct())

    def part_url(self, part: AnswerPart) -> str:
        return reverse(f"{URL_NAME}:part", args=[self.contribution.uuid, part.answer.uuid, part.pk])

    def office(self, names: Names) -> dict[str, Any]:
        """What officials of the place see beside the text."""
        answers = OfficialAnswer.objects.of(self.contribution).select_related("department", "by")
        answers = answers.prefetch_related("parts__department")
        adoptions = Adoption.objects.of(self.contribution).select_related("contribution")
        return {
            "drafts": [
                (shown(row, names), name_of(row.by) if row.by else "")
                for row in answers.waiting().order_by("pk")
            ],
            "answers": answers_of(answers.published(), names),
            "adoptions": [(row, TONES[row.status]) for row in adoptions],  # type: ignore[index]
        }

    def promises(self) -> Any:
        rows = Promise.objects.of(self.contribution).order_by("due_at", "pk")
        return rows.select_related("department", "owner__civic_participant")

    def owed(self, row: Promise, names: Names) -> dict[str, Any]:
        return {
            "clock": clock_of(row, self.at, names),
            "cause": cause_label(row.cause),
            "owner": name_of(row.owner) if row.owner else "",
            "is_running": row.is_running,
            "is_overdue": row.is_overdue(self.at),
            "uuid": row.uuid,
        }
