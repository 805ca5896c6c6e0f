"""Everything the page of a challenge shows, in a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.models import Department
from civic_sourcing.challenges.crowd.votes import votes_of
from civic_sourcing.challenges.doors import doors_of
from civic_sourcing.challenges.entering.teams import demanded_roles
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeType, CrowdVote, Prize, Round
from civic_sourcing.challenges.showing.attachments import attachments_of
from civic_sourcing.challenges.showing.changes import changes_of
from civic_sourcing.challenges.showing.criteria import criteria_of
from civic_sourcing.challenges.showing.prizes import prize_lines, total_of
from civic_sourcing.challenges.showing.standing import deadline_of, standing, steps_of
from civic_sourcing.challenges.status import Status
from civic_sourcing.challenges.timeline import dates_of, status_at
from civic_sourcing.core import clock
from civic_sourcing.processes.trail import trail_to

SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("problem", _("The problem")),
    ("timeline", _("Dates")),
    ("prizes", _("Prizes")),
    ("judging", _("How it is judged")),
    ("rules", _("Rules")),
    ("enter", _("How to enter")),
    ("resources", _("Resources")),
    ("faq", _("Questions and answers")),
    ("about", _("Who is behind it")),
)
"""Sections of the page by their anchor, in their order."""


def challenge_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What the template of ``page`` gets; a preview that was never saved has no facts yet."""
    at = clock.of_request(request)
    facts, rounds = facts_of(page), rounds_of(page)
    prizes = prizes_of(page)
    status = status_at(facts, rounds, at)
    shown: dict[str, Any] = {
        "facts": facts,
        "department": department_of(facts),
        "rounds": rounds,
        "standing": standing(status, rounds, at),
        "deadline": deadline_of(rounds, at) if status is Status.OPEN else None,
        "steps": steps_of(rounds, at),
        "types": [str(ChallengeType(key).label) for key in facts.types] + other_types(facts),
        "prize_total": total_of(facts),
        "prize_lines": (lines := prize_lines(prizes, facts.currency)),
        "prize_columns": {
            "phase": any(line.phase for line in lines),
            "other": any(line.other for line in lines),
        },
        "criteria": criteria_of(rounds),
        "crowd_votes": votes_shown(facts),
        "attachments": attachments_of(page, request),
        "changes": changes_of(
            facts, {each.pk: each for each in rounds}, {each.pk: each for each in prizes}
        )
        if facts.pk
        else [],
        "team_roles": [label for _key, label in demanded_roles(page.process)] if facts.pk else [],
        "doors": doors_of(page, request, at) if page.pk else [],
        "trail": trail_to(page, request) if page.pk else [],
    }
    shown["sections"] = [(key, label) for key, label in SECTIONS if _has(key, page, shown)]
    return shown


def facts_of(page: Any) -> ChallengeFacts:
    if page.process_id is None:
        return ChallengeFacts()
    rows = ChallengeFacts.objects.filter(process=page.process_id)
    found = rows.select_related("department", "authority").first()
    return found or ChallengeFacts(process=page.process)


def rounds_of(page: Any) -> list[Round]:
    if page.process_id is None:
        return []
    return list(Round.objects.of(page.process_id).prefetch_related("criteria"))


def prizes_of(page: Any) -> list[Prize]:
    if page.process_id is None:
        return []
    return list(Prize.objects.filter(process=page.process_id).select_related("round"))


def votes_shown(facts: ChallengeFacts) -> list[CrowdVote]:
    """Who scores beside the panel; nothing is asked where nobody else has a share."""
    return votes_of(facts.process) if facts.public_percent or facts.peer_percent else []


def department_of(facts: ChallengeFacts) -> str:
    """Who poses it, in the language spoken now; else as it was announced."""
    if facts.department is None:
        return facts.department_name
    same = Department.objects.same_as(facts.department)
    here = same.in_language(get_language()).first()
    return here.name if here else facts.department.name


def other_types(facts: ChallengeFacts) -> list[str]:
    """The type that is on no list, as it was typed."""
    return [facts.other_type] if facts.other_type else []


def _has(section: str, page: Any, shown: dict[str, Any]) -> bool:
    """Whether there is anything to read in ``section``."""
    facts, texts = shown["facts"], _TEXTS.get(section, ())
    written = any(getattr(page, name, None) for name in texts)
    extra = {
        "timeline": any(each.opens_at for each in dates_of(shown["rounds"])),
        "prizes": bool(shown["prize_lines"] or shown["prize_total"]),
        "judging": bool(shown["criteria"]),
        "enter": any(each.how for each in shown["rounds"]) or bool(facts.team_roles),
        "resources": bool(shown["attachments"]),
        "about": bool(facts.pk),
    }
    return written or extra.get(section, False)


_TEXTS: dict[str, tuple[str, ...]] = {
    "problem": ("problem", "description"),
    "prizes": ("prizes_text",),
    "judging": ("judging_text",),
    "rules": ("rules_text", "eligibility_text", "rights_text", "privacy_text", "minors_text"),
    "enter": ("how_to_enter",),
    "resources": ("resources",),
    "faq": ("faq",),
}
