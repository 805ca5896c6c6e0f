"""The keeper of the gate: checks and pre-moderation, and the case that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.models import Channel, Contribution
from civic_sourcing.moderation import cases, waiting
from civic_sourcing.moderation.checks import repetition
from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.personal import PersonalDataCheck
from civic_sourcing.moderation.checks.registry import examine
from civic_sourcing.moderation.checks.texts import CheckedText, Hit
from civic_sourcing.moderation.models import (
    Case,
    Finding,
    ForumModeration,
    NetiquetteRule,
    PreModeration,
)
from civic_sourcing.moderation.newcomers import is_new
from civic_sourcing.processes.models import Process

KEEPER = waiting.KEEPER
PREMODERATED = "premoderation"
NO_HOLD = frozenset({PreModeration.NONE})


def keep(submission: gate.Submission) -> gate.Verdict:
    """
    Look at what somebody hands in online: refuse, hold or mark it as checks and process say.

    What comes through staff was read by them and passes.
    """
    if submission.channel != Channel.ONLINE or submission.author is None:
        return None
    text = CheckedText.of(submission, is_new=is_new(submission.author, submission.at))
    mode = premoderation_of(submission.process)
    hits = [_settled(hit) for hit in examine(text)]
    for hit in hits:
        if hit.verdict == "refuse":
            return gate.Refuse(hit.code, hit.sentence)
    if mode in NO_HOLD:
        hits = [_marked(hit) for hit in hits]
    digest = repetition.digest_of(text)
    holds = [hit for hit in hits if hit.verdict == "hold"]
    first = _is_looked_at_first(mode, text)
    follow = partial(_follow, text=text, digest=digest, hits=hits, held=bool(first or holds))
    if first or holds:
        code = PREMODERATED if first else holds[0].code
        return gate.Hold(code, _sentence(submission, first, holds), then=follow)
    return gate.Mark(hits[0].code if hits else "", then=follow)


def premoderation_of(process: Process) -> PreModeration:
    """What waits in ``process``: as it says itself, else as the site's settings say."""
    rules: ForumModeration | None = getattr(process, "moderation", None)
    return PreModeration(rules.premoderation if rules else conf.PREMODERATION)


def _is_looked_at_first(mode: PreModeration, text: CheckedText) -> bool:
    if mode == PreModeration.NEWCOMERS:
        return text.is_new
    return mode == PreModeration.EVERYONE


def _settled(hit: Hit) -> Hit:
    """Masking was offered before the form was sent for good: what follows if that was declined."""
    return replace(hit, verdict=hit.otherwise) if hit.verdict == "offer" else hit


def _marked(hit: Hit) -> Hit:
    return replace(hit, verdict="mark") if hit.verdict == "hold" else hit


def _sentence(submission: gate.Submission, first: bool, holds: Sequence[Hit]) -> str:
    """Why it waits, and how long that usually takes."""
    if first:
        why = _("A moderator reads it before others can see it.")
    else:
        why = next(
            (str(hit.sentence) for hit in holds if hit.sentence),
            _("A moderator looks at it first."),
        )
    return f"{why} {waiting.usual_sentence(submission.process)}"


def _follow(
    contribution: Contribution, *, text: CheckedText, digest: str, hits: Sequence[Hit], held: bool
) -> None:
    """Know the text from now on, and open the case with what was found."""
    assert text.at is not None
    if digest:
        repetition.remember(contribution, digest, at=text.at)
    elif text.contribution is not None:
        repetition.forget(contribution)
    if not hits and not held:
        return
    case = cases.gather(contribution, process=contribution.process, at=text.at)
    case.held = case.held or held
    _lead(case, hits)
    case.save()
    Finding.objects.bulk_create(_finding(case, hit, text.at) for hit in hits)


def _lead(case: Case, hits: Sequence[Hit]) -> None:
    """Let the gravest rule that lists of words name lead the case."""
    keys = [hit.rule for hit in hits if hit.rule is not None]
    for rule in NetiquetteRule.objects.filter(pk__in=keys):
        cases.lead(case, rule, affected=False)
    if any(hit.check == PersonalDataCheck.key for hit in hits):
        case.is_personal = True
        case.due_at = min(case.due_at, case.opened_at + cases.target(case))


def _finding(case: Case, hit: Hit, at: datetime) -> Finding:
    return Finding(
        case=case,
        check_key=hit.check,
        verdict=hit.verdict,
        code=hit.code,
        explanation=dict(hit.explanation),
        spans=[list(span) for span in hit.spans],
        at=at,
    )
