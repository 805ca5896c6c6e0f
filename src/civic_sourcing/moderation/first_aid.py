"""
What the system does by itself about a report: hide until a moderator has looked, never more.

Only people known here bring it about, each counted once; newcomers and people who are not signed in
never do, however many they are. What a moderator has looked at stays as the moderator left it.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import audit
from civic_sourcing.core.audit import Reason
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.deciding import notices
from civic_sourcing.moderation.deciding.conf import conf as deciding
from civic_sourcing.moderation.deciding.recording import facts_of, reference_of
from civic_sourcing.moderation.models import (
    Automation,
    Case,
    Decision,
    ForumModeration,
    Measure,
    Origin,
    Outcome,
    Report,
)


def hide_until_review(case: Case, report: Report, *, at: datetime) -> bool:
    """Hide what ``case`` is about if ``report`` is reason to. Return whether it was hidden."""
    contribution = case.contribution
    if contribution is None or not contribution.is_public or report.weight < 1:
        return False
    if not (report.rule.hides_at_once or enough_reporters(case)):
        return False
    if was_reviewed(contribution):
        return False
    _hide(case, contribution, report, at)
    return True


def enough_reporters(case: Case) -> bool:
    """Whether as many people known here reported it as hide something; 0 stands for never."""
    given = ForumModeration.objects.filter(process=case.process)
    count = given.values_list("auto_hide_reporters", flat=True).first()
    needed = conf.TRUSTED_REPORTERS if count is None else count
    return 0 < needed <= case.reports.filter(weight=1).exclude(reporter=None).count()


def was_reviewed(contribution: Contribution) -> bool:
    """Whether a person decided about the text as it stands now."""
    decisions = Decision.objects.filter(case__contribution=contribution)
    last = decisions.exclude(origin=Origin.AUTOMATIC).order_by("-decided_at").first()
    changed = contribution.versions.order_by("-number").values_list("published_at", flat=True)
    return last is not None and (not changed or changed[0] <= last.decided_at)


def _hide(case: Case, contribution: Contribution, report: Report, at: datetime) -> None:
    with translation.override(contribution.language):
        rule = report.rule.in_language(contribution.language)
        facts = _(
            "This was reported under the rule “%(rule)s” by people who are known here. Nobody has "
            "looked at it yet; a moderator will."
        ) % {"rule": rule.title}
        scope = _("It is hidden until a moderator has looked at it.")
    salt = secrets.token_bytes(32)
    decision = Decision.objects.create(
        case=case,
        number=case.decisions.count() + 1,
        outcome=Outcome.TEMPORARY,
        rule=rule,
        facts=facts,
        scope=scope,
        starts_at=at,
        until=at + deciding.longest_temporary,
        automation=Automation.HIDDEN,
        origin=Origin.AUTOMATIC,
        language=contribution.language,
        decided_at=at,
        appeal_until=at + deciding.appeal_time,
        salt=salt.hex(),
    )
    HideContribution(contribution, by=None).execute()
    Measure.objects.create(
        decision=decision,
        contribution=contribution,
        process=case.process,
        kind=Measure.Kind.HIDDEN,
        starts_at=at,
        until=decision.until,
    )
    notices.tell_decided(decision)
    reason = Reason.of(reference_of(decision), facts, salt=salt)
    _record(decision, reason, chain=contribution.process.uuid)


def _record(decision: Decision, reason: Reason, *, chain: UUID) -> None:
    """Enter it into the log as what a moderator decides is, without anybody as its actor."""
    audit.record(
        chain=chain,
        action="civic_moderation.decide",
        actor=None,
        subject=(Case._meta.label_lower, str(decision.case.uuid)),
        details=facts_of(decision),
        reason=reason,
        at=decision.decided_at,
    )
