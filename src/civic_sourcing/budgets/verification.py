"""What ``civic_verify`` checks in this room: counts, outcomes and ballots still fit together."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.budgets.counting import count
from civic_sourcing.budgets.elections import count_document, stored_election
from civic_sourcing.budgets.models import Ballot, BudgetRules, CountResult, Project
from civic_sourcing.core.audit.verification import Finding, Verification

RECOUNTED = ("selected", "spent", "left", "scores", "ballots")


def verify_counts(verification: Verification) -> Iterator[Finding]:
    """
    Check every count's digest; of the latest count of each vote also outcomes, ballots and winners.

    The ballots are counted again, so that one changed ballot shows as soon as it changes a score.
    """
    counts = CountResult.objects.using(verification.using).select_related("process")
    if verification.chain:
        counts = counts.filter(process__uuid=verification.chain)
    latest: dict[int, CountResult] = {}
    for result in counts.order_by("process_id", "version").iterator(chunk_size=100):
        verification.checked += 1
        expected = latest[result.process_id].version + 1 if result.process_id in latest else 1
        if result.version != expected:
            yield _finding("count-missing", result, f"Count {expected} is missing.")
        if result.is_intact:
            latest[result.process_id] = result
        else:
            yield _finding("count-changed", result, "The document does not fit its digest.")
            latest.pop(result.process_id, None)
    for result in latest.values():
        yield from _outcomes(result, verification)
        yield from _ballots(result, verification)


def _outcomes(result: CountResult, verification: Verification) -> Iterator[Finding]:
    selected = set(result.document["selected"])
    projects = Project.objects.using(verification.using).of(result.process)
    listed = {step["project"] for step in result.document["steps"]}
    for project in projects:
        verification.checked += 1
        listed.discard(project.number)
        funded = project.outcome == Project.Outcome.FUNDED
        undecided = project.outcome == Project.Outcome.UNDECIDED
        if undecided or funded != (project.number in selected):
            yield _finding(
                "outcome",
                result,
                f"Project {project.number} is marked {project.outcome}, the count says otherwise.",
            )
    for number in sorted(listed):
        yield _finding("project-missing", result, f"Project {number} of the count is missing.")


def _ballots(result: CountResult, verification: Verification) -> Iterator[Finding]:
    stored = Ballot.objects.using(verification.using).of(result.process).counted().count()
    verification.checked += stored
    if stored != result.document["ballots"]:
        counted = result.document["ballots"]
        yield _finding("ballots", result, f"{stored} ballots are stored, {counted} were counted.")
        return
    rules = BudgetRules.objects.using(verification.using).filter(process=result.process).first()
    if rules is None:
        yield _finding("rules", result, "The vote has a count but no rules.")
    elif not _counts_alike(result, rules):
        yield _finding("recount", result, "Counting the stored ballots again gives another result.")


def _counts_alike(result: CountResult, rules: BudgetRules) -> bool:
    try:
        election = stored_election(result.process, rules)
        again = count_document(count(election, rules.rule, rules.least_score), rules)
    except (KeyError, ValueError):
        return False
    return all(again[key] == result.document[key] for key in RECOUNTED)


def _finding(code: str, result: CountResult, message: str) -> Finding:
    return Finding(code, f"{result.process.uuid} count {result.version}", message)
