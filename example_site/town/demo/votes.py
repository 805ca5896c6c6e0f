"""Votes the town holds itself: one is open, one is being rehearsed, one is over and counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    OpenVote,
    PrepareVote,
    PublishTurnout,
    ReleaseBulletin,
    Voter,
)
from civic_sourcing.budgets.actions.count import PublishCount
from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.models import BudgetVotePage, VoteRun
from civic_sourcing.budgets.projects.facts import Facts
from civic_sourcing.budgets.projects.making import project_page
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.core import clock
from civic_sourcing.participants.codes.digests import code_digest
from civic_sourcing.participants.eligibility.actions import SetEligibility
from civic_sourcing.participants.models import CodeBatch, CodePurpose, VotingCode
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate, Process
from civic_sourcing.processes.rules import PhaseRule

from .pages import locale, page_in_both_languages
from .participation import hub
from .past import at, last_evening
from .people import somebody
from .voting import CLOSED, DAY, OPEN_NOW, REHEARSED, HeldVote, Proposal, ballots, named

CODES = [f"DEMO-CODE-FREE-VOTE-{end}" for end in ("30", "41", "52", "63", "74")]
"""Voting codes of the open vote for whoever tries the demo, as little a secret as its passwords."""

FORMS = UUID("7d1f4d0e-3f0b-4b52-9a0c-3c1b6f0a8e21")
"""Names the forms that the demo's voters send."""


def load() -> None:
    """Hold each vote whose page is missing."""
    today = last_evening()
    for vote in (CLOSED, OPEN_NOW, REHEARSED):
        if not BudgetVotePage.objects.child_of(hub()).filter(slug=vote.slug).exists():
            begins = today + vote.phases["projects"] * DAY
            with at(begins):
                process = set_up(vote, today)
            hold(vote, process, today)


def hold(vote: HeldVote, process: Process, today: datetime) -> None:
    """Let happen what has happened to ``vote`` until today."""
    if vote is REHEARSED:
        rehearse(process)
        return
    opens = today + vote.phases["voting"] * DAY
    closes = today + vote.phases["counting"] * DAY
    with at(opens):
        run = open_run(process, VoteRun.Kind.REAL)
    cast_ballots(vote, run, opens, min(closes, today))
    if vote is CLOSED:
        with at(closes):
            CloseVote(run, by=None).execute()
        with at(today + vote.phases["results"] * DAY):
            count = CountBallots(process, by=None).execute()
            PublishCount(count, by=None).execute()


def set_up(vote: HeldVote, today: datetime) -> Process:
    """Make pages, rules, projects and conditions of ``vote``."""
    page: Any = page_in_both_languages(
        BudgetVotePage, parent=hub(), slug=vote.slug, texts=vote.words
    )
    process: Process = page.process
    SetRules(process, by=None, mandate=Mandate.BINDING, phases=list(phases(vote, today))).execute()
    ChangeVoteRules(
        process,
        by=None,
        amount=vote.amount,
        currency="KRW",
        limits=vote.limits,
        areas=areas(vote),
        categories=categories(vote),
    ).execute()
    conditions = [("signed-in", {})]
    SetEligibility(process, by=somebody("admin"), rules=conditions).execute()
    add_projects(vote, BudgetVotePage.objects.get(pk=page.pk))
    if vote is OPEN_NOW:
        hand_out_codes(process)
    return Process.objects.get(pk=process.pk)


def hand_out_codes(process: Process) -> None:
    """Make codes that everybody knows; those that ``MakeCodeBatch`` makes nobody could know."""
    now = clock.now()
    batch = CodeBatch.objects.create(
        process=process,
        purpose=CodePurpose.VOTING,
        count=len(CODES),
        note="Codes of the demo",
        made_at=now,
        printed_at=now,
    )
    VotingCode.objects.bulk_create(
        VotingCode(batch=batch, number=number, digest=code_digest(code))
        for number, code in enumerate(CODES, start=1)
    )


def phases(vote: HeldVote, today: datetime) -> Any:
    """Yield the windows of ``vote``, one after the other; the last has no end."""
    begins = [today + days * DAY for days in vote.phases.values()]
    for kind, opens, closes in zip(vote.phases, begins, [*begins[1:], None], strict=True):
        yield PhaseRule(kind, opens, closes)


def areas(vote: HeldVote) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "names": names,
            "budget": vote.areas[code],
            "town_wide": False,
            "population": population,
            "outline": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, names, (population, ring) in named("areas")
        if vote.areas
    ]


def categories(vote: HeldVote) -> list[dict[str, Any]]:
    return [
        {"code": code, "names": names, "most": vote.most_of_a_field}
        for code, names, _rest in named("categories")
        if vote.most_of_a_field
    ]


def add_projects(vote: HeldVote, page: BudgetVotePage) -> None:
    """
    Put the projects on the paper, in English and in Korean.

    Pages begin life published, in one step instead of four: there are many of them.
    """
    korean = page.get_translation(locale("ko"))
    first = page.first_published_at
    for proposal in vote.proposals:
        told = project_page(page, new_project(proposal))
        told.live, told.first_published_at = True, first
        page.add_child(instance=told)
        words = new_project(proposal, "ko")
        translation = project_page(korean, words)
        translation.live, translation.first_published_at = True, first
        translation.translation_key, translation.project = told.translation_key, told.project
        translation.facts_draft = None
        korean.add_child(instance=translation)


def new_project(proposal: Proposal, language: str = "en") -> NewProject:
    words = proposal[language]
    return NewProject(
        title=words["title"],
        description=words["text"],
        opinion=words["opinion"],
        language=language,
        facts=Facts(
            number=proposal["number"],
            cost=proposal["cost"],
            running_cost=proposal["running"] or None,
            area=proposal["area"],
            category=proposal["category"],
        ),
    )


def open_run(process: Process, kind: str) -> VoteRun:
    run: VoteRun = PrepareVote(process, by=None, kind=kind).execute()
    OpenVote(run, by=None).execute()
    return run


def cast_ballots(vote: HeldVote, run: VoteRun, opens: datetime, until: datetime) -> None:
    """Let people vote between two times, evenly, and publish turnout and trackers twice."""
    everybody = list(ballots(vote))
    for number, (home, choice) in enumerate(everybody, start=1):
        with at(opens + (until - opens) * number / (len(everybody) + 1)):
            CastBallot(
                run,
                voter=Voter(f"demo:{number}", area=home),
                choice=choice.canonical(),
                idempotency_key=uuid5(FORMS, f"{vote.name} {number}").hex,
            ).execute()
            if number == len(everybody) // 2:
                publish(run)
    with at(until):
        publish(run)


def publish(run: VoteRun) -> None:
    ReleaseBulletin(run, by=None).execute()
    PublishTurnout(run, by=None).execute()


def rehearse(process: Process) -> None:
    """Open a rehearsal; anybody who has its address may try it."""
    open_run(process, VoteRun.Kind.REHEARSAL)
