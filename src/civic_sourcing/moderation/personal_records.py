"""What moderation keeps about people: who reported, who was judged, who judged."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.core.personal_records import Entry, PersonalRecords, Summary
from civic_sourcing.moderation.models import (
    Appeal,
    Case,
    Decision,
    Measure,
    PreservedText,
    Report,
    SecondOpinion,
)
from civic_sourcing.moderation.reports.display import Shown
from civic_sourcing.notifications.outbox import withdraw

LATEST = 5
ERASED = "–"
"""What stands in place of words that were erased: a decision is never without any."""


class ModerationRecords(PersonalRecords):
    """
    Reports, cases, decisions, measures and appeals.

    They stay, as they concern others too and are what the town accounts for; personal words go.
    """

    name = "civic_moderation.cases"
    models = (
        "civic_moderation.case",
        "civic_moderation.report",
        "civic_moderation.finding",
        "civic_moderation.decision",
        "civic_moderation.measure",
        "civic_moderation.preservedtext",
        "civic_moderation.appeal",
        "civic_moderation.secondopinion",
    )

    def summary(self, participant: Any) -> list[Summary]:
        reports = Report.objects.by(participant)
        decisions = decisions_about(participant)
        lines = []
        if count := reports.count():
            latest = reports.select_related("case__contribution", "case__participant__user", "rule")
            entries = tuple(_entry(report) for report in latest[:LATEST])
            url = reverse("civic_moderation:reports")
            lines.append(Summary(_("Reports to moderators"), count, url, entries))
        if count := decisions.count():
            url = reverse("civic_moderation:appeals")
            lines.append(Summary(_("Decisions of moderators about what you wrote"), count, url))
        return lines

    def export(self, participant: Any) -> dict[str, Any]:
        """Own reports and appeals, what was decided about one, and by one; nobody's reports."""
        user = participant.user
        about = about_person(participant)
        decided = ["case__uuid", "number", "outcome", "facts", "scope", "until", "decided_at"]
        by = Q(decider=participant.uuid)
        opinions = SecondOpinion.objects.filter(moderator=user) if user else []
        return {
            "reports": list(
                Report.objects.by(participant).values(
                    "uuid", "rule__title", "text", "affected", "created_at", "answered_at"
                )
            ),
            "cases": list(
                Case.objects.filter(about)
                .order_by("pk")
                .values("uuid", "kind", "contribution__uuid", "state", "opened_at", "decided_at")
            ),
            "decisions": list(decisions_about(participant).values(*decided, "rule__title")),
            "measures": list(
                Measure.objects.filter(_prefixed("decision__case__", participant))
                .order_by("pk")
                .values("kind", "starts_at", "until", "ended_at", "end_reason")
            ),
            "appeals": list(
                participant.appeals.order_by("pk").values(
                    "uuid", "text", "filed_at", "outcome", "reasons", "decided_at"
                )
            ),
            "decided_as_moderator": list(Decision.objects.filter(by).values(*decided)),
            "appeals_decided_as_moderator": list(
                Appeal.objects.filter(by).values("uuid", "outcome", "reasons", "decided_at")
            ),
            "second_opinions": [
                {"outcome": each.outcome, "given": each.given_at} for each in opinions
            ],
        }

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        """
        The words of reports go always, as nobody but moderators read them.

        With ``blank_texts`` go the words of appeals, preserved texts, and the facts of decisions
        about the person, which may quote them. What moderators wrote about others stays.
        """
        Report.objects.filter(reporter=participant).exclude(text="").update(text="")
        Case.objects.filter(assigned_to__civic_participant=participant).update(
            assigned_to=None, assigned_at=None
        )
        if not blank_texts:
            return
        participant.appeals.update(text="")
        decisions = decisions_about(participant)
        PreservedText.objects.filter(decision__in=decisions).wipe()
        Decision.objects.filter(pk__in=decisions.values("pk")).update(
            facts=ERASED, scope="", salt="", details={}
        )
        for uuid in Case.objects.filter(about_person(participant)).values_list("uuid", flat=True):
            withdraw(uuid)


def about_person(participant: Any) -> Q:
    """Cases about somebody, or about what they wrote."""
    return Q(participant=participant) | Q(contribution__author=participant)


def decisions_about(participant: Any) -> Any:
    """Decisions in cases about somebody or what they wrote."""
    return Decision.objects.filter(_prefixed("case__", participant)).order_by("pk")


def _prefixed(path: str, participant: Any) -> Q:
    return Q(**{f"{path}participant": participant}) | Q(
        **{f"{path}contribution__author": participant}
    )


def _entry(report: Report) -> Entry:
    row = Shown(report)
    return Entry(
        title=row.title,
        url=reverse("civic_moderation:report", args=[report.uuid]),
        state=report.case.get_state_display(),
        language=row.content_language,
    )
