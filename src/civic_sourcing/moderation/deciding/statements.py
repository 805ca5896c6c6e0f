"""Statements of reasons in words: what holds where, how long, and how to appeal it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from civic_sourcing.core import clock
from civic_sourcing.moderation.deciding.outcomes import LIMITING
from civic_sourcing.moderation.models import (
    Automation,
    Case,
    Decision,
    Measure,
    NetiquetteRule,
    Outcome,
)
from civic_sourcing.processes.policies import written

FACTS: Mapping[str, Promise] = {
    Outcome.NO_BREACH: gettext_lazy("Somebody looked at it and found no breach of the rules."),
    Outcome.RELEASE: gettext_lazy("Somebody looked at it and found nothing that keeps it back."),
    Outcome.LIFT: gettext_lazy("Somebody looked at it again: the reason for it no longer holds."),
}
"""What a decision that limits nobody says where the moderator adds nothing."""

SCOPES: Mapping[str, tuple[Promise, Promise]] = {
    Outcome.NO_BREACH: (gettext_lazy("It stays as it is."),) * 2,
    Outcome.RELEASE: (gettext_lazy("Everybody can read it."),) * 2,
    Outcome.LIFT: (gettext_lazy("What was decided before ends now."),) * 2,
    Outcome.MASK: (
        gettext_lazy("The passage is masked wherever the text appears, without an end."),
    )
    * 2,
    Outcome.REMOVE: (gettext_lazy("It is removed wherever it appeared, without an end."),) * 2,
    Outcome.MOVE: (gettext_lazy("It stands in another place from now on, without an end."),) * 2,
    Outcome.WARN: (gettext_lazy("A warning. You can go on taking part."),) * 2,
    Outcome.HIDE: (
        gettext_lazy("It is hidden wherever it appeared, without an end."),
        gettext_lazy("It is hidden wherever it appeared, until %(date)s."),
    ),
    Outcome.TEMPORARY: (
        gettext_lazy("It is hidden for the time being."),
        gettext_lazy("It is hidden until %(date)s and then appears again by itself."),
    ),
}
"""Sentences without and with an end; suspensions also name the place."""

SUSPENDED_HERE = gettext_lazy("You cannot take part here (“%(place)s”) until %(date)s.")
SUSPENDED_EVERYWHERE = gettext_lazy("You cannot take part anywhere on this site until %(date)s.")
SERVICE = gettext_lazy(
    "It is hidden here, without an end: it is a matter for the town’s service, not for this forum."
)

AUTOMATION: Mapping[str, Promise] = {
    Automation.NONE: gettext_lazy("No automatic check took part in it."),
    Automation.DETECTED: gettext_lazy("An automatic check pointed it out; a person decided."),
    Automation.HELD: gettext_lazy("An automatic check had held it back; a person decided."),
    Automation.HIDDEN: gettext_lazy(
        "It had been hidden automatically after reports; a person decided."
    ),
}
BY_ITSELF = gettext_lazy("It was hidden automatically after reports; nobody has looked at it yet.")


@dataclass(frozen=True)
class Statement:
    """A decision as its reader sees it, in the active language but for what people wrote."""

    decision: Decision

    @property
    def outcome(self) -> str:
        return str(self.decision.get_outcome_display())

    @property
    def subject(self) -> str:
        """What it is about, without a word of what was written."""
        return named(self.decision.case, to_author=True)

    @property
    def rule(self) -> NetiquetteRule | None:
        """The rule in the reader's language, if one was broken."""
        return rule_here(self.decision.rule)

    @property
    def automation(self) -> str:
        if self.decision.decider is None and self.decision.automation != Automation.NONE:
            return str(BY_ITSELF)
        return str(AUTOMATION[self.decision.automation])

    @property
    def is_appealable(self) -> bool:
        return self.decision.appeal_until is not None

    @property
    def appeal(self) -> str:
        """How to appeal, or that there is no further appeal here."""
        until = self.decision.appeal_until
        if until is None:
            return _("There is no further appeal here. The courts are open to you.")
        if clock.now() > until:
            return _("It could be appealed here until %(date)s.") % {"date": written(until)}
        return _(
            "Until %(date)s you can appeal here, free of charge. Somebody else than whoever "
            "decided looks at it then. The courts are open to you as well."
        ) % {"date": written(until)}

    @property
    def measures(self) -> list[Measure]:
        return sorted(self.decision.measures.all(), key=lambda measure: measure.pk)

    @property
    def ended(self) -> str:
        """Since when and why nothing of it holds any more; empty while it holds."""
        last = [measure for measure in self.measures if measure.ended_at]
        if not last or len(last) < len(self.measures):
            return ""
        sentence = _("Ended on %(date)s: %(reason)s.")
        return sentence % {
            "date": written(last[-1].ended_at or clock.now()),
            "reason": last[-1].get_end_reason_display(),
        }


def scope_of(
    outcome: str,
    *,
    until: datetime | None,
    place: str = "",
    site: bool = False,
    service: bool = False,
) -> str:
    """Say where and how long ``outcome`` holds, in the active language."""
    date = written(until) if until else ""
    if outcome == Outcome.SUSPEND:
        sentence = SUSPENDED_EVERYWHERE if site else SUSPENDED_HERE
        return str(sentence) % {"date": date, "place": place}
    if outcome == Outcome.MOVE and service:
        return str(SERVICE)
    without_end, with_end = SCOPES[outcome]
    return str(with_end) % {"date": date} if until else str(without_end)


def scope_for(decision: Decision) -> str:
    """What ``scope_of`` says of a decision made, in the language of whoever reads it now."""
    details = decision.details
    return scope_of(
        decision.outcome,
        until=decision.until,
        place=place_of(decision.case),
        site=bool(details.get("site")),
        service=bool(details.get("service")),
    )


def facts_for(outcome: str) -> str:
    """The facts of a decision that limits nobody, in the active language; empty for others."""
    return str(FACTS[outcome]) if outcome not in LIMITING else ""


def rule_here(rule: NetiquetteRule | None) -> NetiquetteRule | None:
    return rule.in_language(get_language()) if rule else None


def place_of(case: Case) -> str:
    """What people call the place a case is about; empty where it has none."""
    contribution = case.contribution
    if contribution is None:
        return ""
    return contribution.kind_of.place(contribution)


def named(case: Case, *, to_author: bool = False) -> str:
    """
    What a case is about, without a word of what was written: “Idea of 3 May 2026”.

    Titles stay out of it: they may be what was masked, and a notice cannot be called back.
    """
    if case.contribution is None:
        return _("your taking part") if to_author else _("a profile")
    received = case.contribution.received_at
    return _("%(kind)s of %(date)s") % {
        "kind": case.contribution.kind_of.label_of(case.contribution),
        "date": written(received),
    }
