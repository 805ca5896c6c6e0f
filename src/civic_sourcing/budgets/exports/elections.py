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
from civic_sourcing.budgets.elections import cast_ballot, stored_election
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
    run = VoteRun.objects.of(page.process)
    if run is None or not run.rulebook:
        return _imported(page)
    rulebook, basis = frozen(run), Basis.of_document(count.document)
    electorate = Electorate(papers_of(run, basis=basis))
    names = {entry.number: entry.name for entry in ballot_paper(page)}
    categories = any(project.category for project in rulebook.projects)
    projects = tuple(
        _written(project, rulebook, names.get(project.id, project.id), categories=categories)
        for project in projects_of_vote(rulebook, basis.withdrawn)
    )
    rules = rules_of_vote(rulebook)
    told = columns_of(rules, electorate)
    election = Election(
        projects=projects,
        ballots=(),
        budget=major(rules.budget, rulebook.currency),
        vote_type=rules.vote_type,
        meta=meta_of_vote(page, run, rulebook, count, withheld=told is None),
    )
    return Export(election, electorate, told or ())


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
    needs_area = rules.area_use in (AreaUse.OWN, AreaUse.OWN_AND_TOWN) and (
        rules.rule == "equal-shares"
        or bool(rules.groups)
        or (rules.threshold is not None and rules.threshold.of == Of.PERCENT)
    )
    needed = ("area",) * needs_area + ("group",) * bool(rules.groups)
    if needed and any(papers.ballot_count < LEAST_TOLD for papers in electorate.papers):
        return None
    return needed


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


def _imported(page: Any) -> Export:
    """The file a vote was imported from, less what nobody may know of its voters."""
    rules = BudgetRules.objects.get(process=page.process)
    election = stored_election(page.process, rules)
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
    keys = file.keys if file else {"description": page.title, "currency": rules.currency}
    made = replace(
        election,
        projects=projects,
        budget=major(election.budget, rules.currency),
        rule=rules.announced_rule or rules.rule,
        meta=keys,
    )
    papers, told = _papers_told(page.process)
    return Export(made, Electorate(papers), told) if papers else Export(made, made.electorate)


def _papers_told(process: Any) -> tuple[tuple[Papers, ...], tuple[str, ...]]:
    """Imported ballots by what is told of their voters, and the columns that tell it."""
    rows = Ballot.objects.of(process).counted().exclude(voter="").order_by()
    found: dict[str, list[CastBallot]] = {}
    for voter, content, number in rows.values_list("voter", "content").annotate(n=Number("*")):
        found.setdefault(voter, []).append(cast_ballot(content, number))
    papers = [Papers(tuple(found[voter]), **json.loads(voter)) for voter in sorted(found)]
    return tuple(papers), tuple(json.loads(min(found, default="{}")))
