"""How a report stands, as the person who made it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.moderation.models import (
    PARTICIPANT,
    Case,
    Decision,
    NetiquetteRule,
    Origin,
    Report,
)


@dataclass(frozen=True)
class Shown:
    """
    One report for its reporter. ``decision`` is the latest, by a person or by the system.

    Nothing that is out of sight is named: its title is shown while everybody may read it.
    """

    report: Report
    language: str = ""

    @property
    def case(self) -> Case:
        case: Case = self.report.case
        return case

    @property
    def title(self) -> str:
        """What was reported, in words that may be shown."""
        case = self.case
        if case.participant is not None:
            return case.participant.public_name
        contribution = case.contribution
        if contribution.is_public and contribution.title:
            return str(contribution.title)
        return _("%(kind)s (not shown)") % {"kind": self.kind}

    @property
    def kind(self) -> str:
        if self.case.kind == PARTICIPANT:
            return _("Profile")
        return str(contribution_kind(self.case.kind).label)

    @property
    def url(self) -> str:
        """Where it stands, empty while it is out of sight."""
        contribution = self.case.contribution
        if contribution is None or not contribution.is_public:
            return ""
        return contribution.kind_of.url(contribution)

    @property
    def content_language(self) -> str:
        contribution = self.case.contribution
        return contribution.language if contribution and contribution.is_public else ""

    @cached_property
    def decision(self) -> Decision | None:
        return max(self.case.decisions.all(), key=lambda each: each.number, default=None)

    @property
    def is_waiting(self) -> bool:
        """Whether no person has decided yet."""
        return self.case.is_open

    @property
    def is_hidden_meanwhile(self) -> bool:
        """Whether it is out of sight until somebody has looked."""
        decision = self.decision
        return self.is_waiting and decision is not None and decision.origin == Origin.AUTOMATIC

    @property
    def rule(self) -> NetiquetteRule:
        rule: NetiquetteRule = self.report.rule
        return rule.in_language(self.language)

    @property
    def broken_rule(self) -> NetiquetteRule | None:
        """The rule a decision rests on, in the reader's language."""
        decision = self.decision
        return decision.rule.in_language(self.language) if decision and decision.rule else None


def shown(reports: Sequence[Report], language: str) -> list[Shown]:
    return [Shown(report, language) for report in reports]
