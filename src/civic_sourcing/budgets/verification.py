"""What ``civic_verify`` checks in this room: counts, outcomes and ballots still fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from civic_sourcing.budgets.count_documents import document_of_vote
from civic_sourcing.budgets.counting import count
from civic_sourcing.budgets.counting.writing import ballots_digest
from civic_sourcing.budgets.counting_votes import Basis
from civic_sourcing.budgets.elections import count_document, stored_election
from civic_sourcing.budgets.exports.kept import kept_rows
from civic_sourcing.budgets.models import Ballot, BudgetRules, CountResult, Project, VoteRun
from civic_sourcing.core.audit.verification import Finding, Verification

RECOUNTED = ("selected", "spent", "left", "scores", "ballots")


def verify_counts(verification: Verification) -> Iterator[Finding]:
    """
    Check every count's digest; of the latest of each vote also ballots and winners, of the latest
    that is published the outcomes of projects.

    The ballots are counted again, as they were counted then, so that one changed ballot shows as
    soon as it changes a score, and one tracker more or less in any case.
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
            yield from _written_ballots(result)
        else:
            yield _finding("count-changed", result, "The document does not fit its digest.")
            latest.pop(result.process_id, None)
    for result in latest.values():
        shown = counts.of(result.process).released().first()
        if shown is not None:
            yield from _outcomes(shown, verification)
        yield from _ballots(result, verification)


def _written_ballots(result: CountResult) -> Iterator[Finding]:
    """Whether the file that everybody fetches holds the ballots that were counted."""
    rows, counted = kept_rows(result), result.document.get("ballots_digest")
    if rows is not None and counted and ballots_digest(rows.ids()) != counted:
        sentence = "The file of its ballots holds others than were counted."
        yield _finding("ballots-file", result, sentence)


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
    run = VoteRun.objects.using(verification.using).of(result.process)
    rules = BudgetRules.objects.using(verification.using).filter(process=result.process).first()
    document = result.document
    if "basis" in document and run is not None:
        stored = Basis.of_document(document).ballots(run).count()
    else:
        run = None
        stored = Ballot.objects.using(verification.using).of(result.process).counted().count()
    verification.checked += stored
    if stored != document["ballots"]:
        counted = document["ballots"]
        yield _finding("ballots", result, f"{stored} ballots are stored, {counted} were counted.")
    elif run is None and rules is None:
        yield _finding("rules", result, "The vote has a count but no rules.")
    elif not _counts_alike(document, result, run, rules):
        yield _finding("recount", result, "Counting the stored ballots again gives another result.")


def _counts_alike(document: Any, result: CountResult, run: Any, rules: Any) -> bool:
    try:
        if run is None:
            election = stored_election(result.process, rules)
            again = count_document(count(election, rules.rule, rules.least_score), rules)
            return all(again[key] == document[key] for key in RECOUNTED)
        lot = document["lot"]
        again = document_of_vote(
            run,
            Basis.of_document(document),
            drawn=lot["drawn"] if lot else "",
            eligible=document["eligible"],
        )
    except (KeyError, ValueError):
        return False
    return all(again[key] == document[key] for key in (*RECOUNTED, "rulebook", "trackers"))


def _finding(code: str, result: CountResult, message: str) -> Finding:
    return Finding(code, f"{result.process.uuid} count {result.version}", message)
