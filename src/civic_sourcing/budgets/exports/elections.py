"""A counted vote as an election that is written to a .pb file: major units, texts, ballots."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db.models import Count as Number

from civic_sourcing.budgets.ballots import AreaUse, Rulebook
from civic_sourcing.budgets.counting import Ballot as CastBallot
from civic_sourcing.budgets.counting import CountRules, Election, Electorate, Of, Papers, Project
from civic_sourcing.budgets.counting.amounts import Amount, exact
from civic_sourcing.budgets.counting.model import PLACEHOLDER_COST
from civic_sourcing.budgets.counting.writing import ballot_rows, ballots_digest, write_pabulib
from civic_sourcing.budgets.counting_votes import Basis, papers_of, projects_of_vote, rules_of_vote
from civic_sourcing.budgets.elections import (
    cast_ballot,
    election_without_ballots,
    stored_election,
)
from civic_sourcing.budgets.exports.meta import meta_of_vote
from civic_sourcing.budgets.models import Ballot, BudgetRules, CountResult, ImportedFile, VoteRun
from civic_sourcing.budgets.paper import ballot_paper
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.budgets.small_areas import LEAST_TOLD
from civic_sourcing.core.money import minor_digits


@dataclass(frozen=True)
class Export:
    """An election with its ballots by area and group; ``told`` are the columns that say which."""

    election: Election
    electorate: Electorate
    told: tuple[str, ...] = ()

    def text(self) -> str:
        """The .pb file."""
        return write_pabulib(self.election, self.electorate, told=self.told)

    def ids(self) -> list[str]:
        """The ids of all ballots in the file, sorted."""
        rows = ballot_rows(self.election, self.electorate, told=self.told)
        return sorted(number for number, _row in rows)


def export_of(page: Any, count: CountResult) -> Export:
    """The ballots that ``count`` was made of, with the texts of ``page``."""
    run = held_run(page)
    if run is None:
        papers, columns = _papers_told(page.process)
        papers = papers or _stored(page).electorate.papers
        return Export(election_of(page, count), Electorate(papers), columns)
    electorate = Electorate(papers_of(run, basis=Basis.of_document(count.document)))
    told = columns_of(rules_of_vote(frozen(run)), electorate)
    return Export(election_of(page, count, withheld=told is None), electorate, told or ())


def election_of(page: Any, count: CountResult, *, withheld: bool = False) -> Election:
    """
    What ``count`` was about, in major units and with the texts of ``page``, without its ballots.

    ``withheld`` says that area and group of ballots are left out although a recount needs them.
    """
    run = held_run(page)
    if run is None:
        return _imported(page)
    rulebook, basis = frozen(run), Basis.of_document(count.document)
    names = {entry.number: entry.name for entry in ballot_paper(page)}
    categories = any(project.category for project in rulebook.projects)
    projects = tuple(
        _written(project, rulebook, names.get(project.id, project.id), categories=categories)
        for project in projects_of_vote(rulebook, basis.withdrawn)
    )
    rules = rules_of_vote(rulebook)
    return Election(
        projects=projects,
        ballots=(),
        budget=major(rules.budget, rulebook.currency),
        vote_type=rules.vote_type,
        meta=meta_of_vote(page, run, rulebook, count, withheld=withheld),
    )


def held_run(page: Any) -> VoteRun | None:
    """The run of a vote that was held here; ``None`` for one that was imported."""
    run = VoteRun.objects.of(page.process)
    return run if run is not None and run.rulebook else None


def digest_of(run: VoteRun, rules: CountRules, electorate: Electorate) -> str:
    """One value for all ballots of a count, as its document keeps it."""
    salted = Election((), (), 0, vote_type=rules.vote_type, meta={"vote": str(run.process.uuid)})
    told = columns_of(rules, electorate) or ()
    return ballots_digest(number for number, _row in ballot_rows(salted, electorate, told=told))


def columns_of(rules: CountRules, electorate: Electorate) -> tuple[str, ...] | None:
    """
    Return which of area and group a recount has to know of each ballot; ``None`` if it may not.

    Who lives where is told only if the count depends on it, and of nobody where one of the parts
    has fewer than ten ballots: those few would be known.
    """
    needed = columns_needed(rules)
    if needed and any(papers.ballot_count < LEAST_TOLD for papers in electorate.papers):
        return None
    return needed


def columns_needed(rules: CountRules) -> tuple[str, ...]:
    """Return which of area and group of a ballot the count by ``rules`` depends on."""
    needs_area = rules.area_use in (AreaUse.OWN, AreaUse.OWN_AND_TOWN) and (
        rules.rule == "equal-shares"
        or bool(rules.groups)
        or (rules.threshold is not None and rules.threshold.of == Of.PERCENT)
    )
    return ("area",) * needs_area + ("group",) * bool(rules.groups)


def major(amount: Amount, currency: str) -> Amount:
    """``amount`` (minor units) in major units, exact."""
    return exact(Fraction(amount) / 10 ** minor_digits(currency))


def _written(project: Project, rulebook: Rulebook, name: str, *, categories: bool) -> Project:
    """A project as the file has it; one that was withdrawn costs what nobody could pay."""
    budget = sum(area.budget for area in rulebook.areas)
    placeholder = PLACEHOLDER_COST * 10 ** minor_digits(rulebook.currency)
    cost = placeholder if project.withdrawn and placeholder > budget else project.cost
    columns = {"area": project.area} if len(rulebook.areas) > 1 else {}
    columns |= {"category": project.category} if categories else {}
    columns |= {"withdrawn": "1"} if project.withdrawn else {}
    return replace(
        project, cost=major(cost, rulebook.currency), name=" ".join(name.split()), columns=columns
    )


def _imported(page: Any) -> Election:
    """What the file said that a vote was imported from."""
    rules = BudgetRules.objects.get(process=page.process)
    election = election_without_ballots(page.process, rules)
    file = ImportedFile.objects.filter(process=page.process).first()
    texts = file.texts if file else {}
    names = {entry.number: entry.name for entry in ballot_paper(page)} if not file else {}
    projects = tuple(
        replace(
            project,
            cost=major(project.cost, rules.currency),
            name=texts.get(project.id, (names.get(project.id, ""),))[0],
            columns=texts[project.id][1] if project.id in texts else {},
        )
        for project in election.projects
    )
    return replace(
        election,
        projects=projects,
        budget=major(election.budget, rules.currency),
        raise_by=1,
        rule=rules.announced_rule or rules.rule,
        meta=file.keys if file else {"description": page.title, "currency": rules.currency},
    )


def _stored(page: Any) -> Election:
    return stored_election(page.process, BudgetRules.objects.get(process=page.process))


def _papers_told(process: Any) -> tuple[tuple[Papers, ...], tuple[str, ...]]:
    """Imported ballots by what is told of their voters, and the columns that tell it."""
    rows = Ballot.objects.of(process).counted().exclude(voter="").order_by()
    found: dict[str, list[CastBallot]] = {}
    for voter, content, number in rows.values_list("voter", "content").annotate(n=Number("*")):
        found.setdefault(voter, []).append(cast_ballot(content, number))
    papers = [Papers(tuple(found[voter]), **json.loads(voter)) for voter in sorted(found)]
    return tuple(papers), tuple(json.loads(min(found, default="{}")))
