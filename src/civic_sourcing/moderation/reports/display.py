"""How a report stands, as the person who made it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.moderation.deciding.notices import ABOUT_THE_AUTHOR, outcome_for_reporters
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
    wordings: Mapping[UUID, NetiquetteRule] = field(default_factory=dict)

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
        if contribution and contribution.is_public and contribution.title:
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
    def outcome(self) -> str:
        """What became of it; no more of the person than that something did."""
        return outcome_for_reporters(self.decision) if self.decision else ""

    @property
    def concerns_author(self) -> bool:
        """Whether what was decided is between the town and the author."""
        return self.decision is not None and self.decision.outcome in ABOUT_THE_AUTHOR

    @property
    def rule(self) -> NetiquetteRule:
        """The rule it was reported under, in the reader's language."""
        return self._worded(self.report.rule)

    @property
    def broken_rule(self) -> NetiquetteRule | None:
        """The rule a decision rests on, in the reader's language."""
        decision = self.decision
        return self._worded(decision.rule) if decision and decision.rule else None

    def _worded(self, rule: NetiquetteRule) -> NetiquetteRule:
        return self.wordings.get(rule.translation_key, rule)


def shown(reports: Iterable[Report], language: str) -> list[Shown]:
    """The reports as their reporter is told of them, in a constant number of queries."""
    reports = list(reports)
    keys = {report.rule.translation_key for report in reports}
    decisions = [each for report in reports for each in report.case.decisions.all()]
    keys |= {decision.rule.translation_key for decision in decisions if decision.rule}
    rules = NetiquetteRule.objects.filter(translation_key__in=keys).in_language(language)
    wordings = {rule.translation_key: rule for rule in rules.select_related("locale")}
    return [Shown(report, wordings) for report in reports]
