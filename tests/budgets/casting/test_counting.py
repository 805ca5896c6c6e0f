"""Counting a vote that was held here: by its frozen rules, in one piece, told as it was."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.budgets.actions import WithdrawProject
from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    ProposeSettingAside,
    SetBallotAside,
    Voter,
)
from civic_sourcing.budgets.actions.count import (
    ConfirmCount,
    CountBallots,
    ProposeConfirmation,
    PublishCount,
    StartCount,
)
from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    AreaUse,
    Least,
    Of,
    PaperProject,
    Tie,
    VoterGroup,
    WinnerRule,
)
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.counting_votes import papers_of, rules_of_vote
from civic_sourcing.budgets.models import (
    Ballot,
    Confirmation,
    CountJob,
    CountPublication,
    CountResult,
    Project,
)
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.testing import triggers_suspended

from .conftest import paper, rulebook_with

SMALL = {
    "projects": tuple(PaperProject(number=n, cost=400, area="town") for n in "ABC"),
    "areas": (Area(code="town", budget=1000, town_wide=True),),
}
RICH = {"areas": (Area(code="town", budget=2000, town_wide=True),)}


def cast(run, who, *numbers):
    voter = Voter(who)
    return CastBallot(
        run, voter=voter, choice=paper(*numbers), idempotency_key=f"form of {who}"
    ).execute()


def refusal(action):
    with pytest.raises(ActionRefused) as refused:
        action.execute()
    return refused.value.code


def told():
    """What ``civic_verify`` finds."""
    checks = (verify_runs, verify_counts)
    return [finding.code for verify in checks for finding in verify(Verification())]


@pytest.fixture
def held(prepare, opened, set_clock):
    """Hold a vote by a small rulebook with ``rules``; ``ballots`` are (who, projects)."""

    def held(*ballots, **rules):
        run = opened(prepare(), rulebook=rulebook_with(**{**SMALL, **rules}))
        trackers = {who: cast(run, who, *numbers).tracker for who, numbers in ballots}
        set_clock(run.closes_at)
        CloseVote(run, by=None).execute()
        run.refresh_from_db()
        run.trackers = trackers
        return run

    return held


@pytest.fixture
def counted(held):
    run = held(("kim", "AB"), ("lee", "A"), ("park", "C"))
    return CountBallots(run.process, by=None).execute()


def test_a_count_tells_all_that_decided_it(held, clerk):
    run = held(("kim", "AB"), ("lee", "A"), ("park", "C"))

    count = CountBallots(run.process, by=clerk).execute()

    document = count.document
    assert document["selected"] == ["A", "B"]
    assert document["rulebook"] == run.digest
    assert document["channels"] == {"online": 3}
    assert document["trackers"]["number"] == 3
    assert document["bulletin"]["entries"] == 3
    assert document["version"] == count.version == 1
    assert document["basis"] == {"set_aside": [], "batches": [], "withdrawn": []}
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"civic_budgets.start_count", "civic_budgets.count"} <= set(actions)
    assert count.counted_by is not None
    assert told() == []


def test_ballots_set_aside_are_told_both_ways(held, clerk, second_clerk):
    run = held(("kim", "A"), ("lee", "A"), ("park", "B"))
    proposal = ProposeSettingAside(run, by=clerk, tracker=run.trackers["park"], reason="x")
    SetBallotAside(proposal.execute(), by=second_clerk).execute()

    document = CountBallots(run.process, by=None).execute().document

    assert (document["ballots"], document["with_set_aside"]["ballots"]) == (2, 3)
    assert (document["selected"], document["with_set_aside"]["selected"]) == (["A"], ["A", "B"])
    assert document["trackers"]["number"] == 2
    assert sum(paper.ballot_count for paper in papers_of(run)) == 2
    assert sum(paper.ballot_count for paper in papers_of(run, with_set_aside=True)) == 3


@pytest.mark.parametrize(
    ("rules", "funded"),
    [
        pytest.param({}, ["A", "B"], id="greedy"),
        pytest.param({"winner": WinnerRule(name="greedy-no-skip")}, ["A", "B"], id="no skip"),
        pytest.param({**RICH, "exclusive": (("B", "C"),)}, ["A", "B"], id="exclusive"),
        pytest.param(RICH, ["A", "B", "C"], id="money for all"),
        pytest.param({"threshold": Least(value=2)}, ["A"], id="threshold in voters"),
        pytest.param({"threshold": Least(value=50, of=Of.PERCENT)}, ["A"], id="in percent"),
        pytest.param({"quorum": Least(value=5)}, [], id="quorum not reached"),
        pytest.param({"tie": Tie.NUMBER}, ["A", "B"], id="number"),
        pytest.param({"limits": ApprovalLimits(most=2)}, ["A", "B"], id="limits of ballots"),
        pytest.param(
            {"winner": WinnerRule(name="equal-shares", utility="cost", completion="add1u")},
            ["A", "C"],
            id="equal shares",
        ),
    ],
)
def test_the_frozen_rules_decide(held, rules, funded):
    run = held(("kim", "AB"), ("lee", "A"), ("park", "C"), ("choi", "A"), **rules)

    count = CountBallots(run.process, by=None).execute()

    assert count.document["selected"] == funded


def test_every_area_gives_out_its_own_money(held):
    placed = zip("ABC", "nss", strict=True)
    projects = tuple(PaperProject(number=n, cost=400, area=area) for n, area in placed)
    areas = (Area(code="n", budget=100), Area(code="s", budget=500))
    run = held(("kim", "A"), ("lee", "AB"), areas=areas, projects=projects, area_use=AreaUse.ALL)

    document = CountBallots(run.process, by=None).execute().document

    assert document["selected"] == ["B"]
    assert {area["code"]: area["left"] for area in document["areas"]} == {"n": 100, "s": 100}


def test_a_vote_without_ballots_is_counted_and_funds_nothing(held):
    document = CountBallots(held().process, by=None).execute().document

    assert (document["ballots"], document["selected"], document["left"]) == (0, [], 1000)
    assert told() == []


def test_a_withdrawn_project_is_passed_over_whatever_votes_it_has(held, clerk):
    run = held(("kim", "AB"), ("lee", "A"), ("park", "C"))
    WithdrawProject(Project.objects.get(number="A"), by=clerk, reason="No site.").execute()

    count = CountBallots(run.process, by=None).execute()

    assert count.document["selected"] == ["B", "C"]
    assert count.document["basis"]["withdrawn"] == ["A"]
    assert count.step_of("A")["outcome"] == "withdrawn"


def test_what_is_drawn_is_asked_for_once_and_stays(held):
    run = held(("kim", "ABC"), tie=Tie.LOT, lot_seed="the lottery of 5 May")
    assert refusal(CountBallots(run.process, by=None)) == "no-draw"

    first = CountBallots(run.process, by=None, drawn=" 7 11 13 ").execute()
    again = CountBallots(run.process, by=None).execute()

    assert first.document["lot"] == {"announced": "the lottery of 5 May", "drawn": "7 11 13"}
    assert first.document["selected"] == again.document["selected"]
    assert refusal(CountBallots(run.process, by=None, drawn="8")) == "drawn"


def test_a_quorum_in_percent_wants_to_know_of_how_many(held):
    run = held(("kim", "A"), quorum=Least(value=50, of=Of.PERCENT))
    assert refusal(CountBallots(run.process, by=None)) == "no-electorate"

    lapsed = CountBallots(run.process, by=None, eligible=3).execute()
    reached = CountBallots(run.process, by=None, eligible=2).execute()

    assert (lapsed.document["selected"], reached.document["selected"]) == ([], ["A"])


def test_groups_weigh_what_the_rules_say():
    groups = (VoterGroup(code="a", weight=60), VoterGroup(code="b", weight=40))

    rules = rules_of_vote(rulebook_with(groups=groups))

    assert [(group.code, group.weight) for group in rules.groups] == [("a", 60), ("b", 40)]


def test_of_two_who_count_at_once_one_is_told(held):
    run = held(("kim", "A"))
    job = StartCount(run, by=None).execute()

    assert refusal(StartCount(run, by=None)) == "counting"
    assert refusal(CountBallots(run.process, by=None)) == "counting"
    with pytest.raises(IntegrityError), transaction.atomic():
        CountJob.objects.create(run=run, asked_at=job.asked_at, beat_at=job.beat_at)


def test_who_was_overtaken_writes_nothing(held):
    run = held(("kim", "A"))
    job = StartCount(run, by=None).execute()
    job.take_up()
    CountJob.objects.filter(pk=job.pk).update(state="failed")

    assert refusal(CountBallots(run.process, by=None, job=job)) == "overtaken"
    assert not CountResult.objects.exists()


def test_whatever_goes_wrong_in_the_middle_nothing_is_kept(held, monkeypatch):
    run = held(("kim", "A"))
    monkeypatch.setattr(CountJob, "finish", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        CountBallots(run.process, by=None).execute()

    run.refresh_from_db()
    assert (run.state, CountResult.objects.count()) == ("closed", 0)
    assert CountJob.objects.get().problem == "failed"
    monkeypatch.undo()
    assert CountBallots(run.process, by=None).execute().version == 1


def test_what_the_verification_finds(counted):
    assert told() == []

    with triggers_suspended():
        Ballot.objects.filter(content='{"vote":["C"]}').update(content='{"vote":["B"]}')

    assert told() == ["recount"]


def test_a_published_count_marks_the_projects(counted):
    assert told() == []

    PublishCount(counted, by=None).execute()

    assert list(Project.objects.of(counted.process).values_list("outcome", flat=True)) == [
        "funded",
        "funded",
        "not_funded",
    ]
    assert told() == []
    with triggers_suspended():
        Project.objects.filter(number="C").update(outcome="funded")
    assert told() == ["outcome"]


def test_the_database_keeps_publications_and_confirmations(counted, clerk, second_clerk, set_clock):
    publication = PublishCount(counted, by=clerk).execute()
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(
            count=counted,
            reason="early",
            proposed_by=counted.process.uuid,
            proposed_at=publication.published_at,
        )
    set_clock(publication.objections_until)
    proposal = ProposeConfirmation(counted, by=clerk, reason="None came.").execute()
    ConfirmCount(proposal, by=second_clerk).execute()

    for change in (
        lambda: CountPublication.objects.update(published_by=None),
        lambda: CountPublication.objects.all()._raw_delete("default"),
        lambda: Confirmation.objects.update(reason="other"),
        lambda: Confirmation.objects.all()._raw_delete("default"),
        lambda: CountResult.objects.update(version=7),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
