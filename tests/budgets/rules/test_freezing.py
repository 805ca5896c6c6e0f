"""Once a vote has opened nobody changes its rules, by whatever door; before, everybody may."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse

from civic_sourcing.budgets.actions import ChangeVoteRules, CountBallots, WithdrawProject
from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    LengthenVote,
    OpenVote,
    PrepareVote,
    ProposeLengthening,
    Voter,
)
from civic_sourcing.budgets.actions.count import PublishCount
from civic_sourcing.budgets.ballots import ApprovalLimits, KnapsackLimits, YesNoLimits
from civic_sourcing.budgets.counting import RULES
from civic_sourcing.budgets.models import (
    BudgetRules,
    ExclusiveSet,
    Project,
    ProjectDependency,
    ProjectWithdrawal,
    VoteArea,
    VoteCategory,
    VoterGroup,
    VoteRun,
)
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.eligibility.actions import SetEligibility
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Phase, Process
from civic_sourcing.processes.rules import PhaseRule, Rules
from tests.processes.rules_panel import errors_of, open_form

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def process_of_vote():
    return Process.objects.get(kind="budget")


def project(number="A"):
    return Project.objects.get(number=number)


def voting():
    return Phase.objects.filter(kind="voting")


WRITES = {
    "money": lambda: BudgetRules.objects.update(amount=1),
    "rule": lambda: BudgetRules.objects.update(rule="greedy-no-skip"),
    "rules deleted": lambda: BudgetRules.objects.all()._raw_delete("default"),
    "area changed": lambda: VoteArea.objects.filter(code="north").update(budget=9),
    "area added": lambda: VoteArea.objects.create(process=process_of_vote(), code="x", budget=1),
    "category changed": lambda: VoteCategory.objects.update(most=1),
    "category winners": lambda: VoteCategory.objects.update(winners_least=1, winners_most=2),
    "category added": lambda: VoteCategory.objects.create(process=process_of_vote(), code="x"),
    "group added": lambda: VoterGroup.objects.create(
        process=process_of_vote(), code="x", weight=100
    ),
    "set added": lambda: ExclusiveSet.objects.create(process=process_of_vote(), code="x"),
    "set filled": lambda: ExclusiveSet.objects.get(code="set-1").members.add(project("N")),
    "set emptied": lambda: ExclusiveSet.members.through.objects.all().delete(),
    "dependency added": lambda: ProjectDependency.objects.create(
        project=project("A"), needs=project("S")
    ),
    "dependency deleted": lambda: ProjectDependency.objects.all().delete(),
    "cost": lambda: Project.objects.filter(number="A").update(cost=1),
    "number": lambda: Project.objects.filter(number="A").update(number="Z"),
    "project moved": lambda: Project.objects.filter(number="A").update(
        area=VoteArea.objects.get(code="south")
    ),
    "project without area": lambda: Project.objects.filter(number="A").update(area=None),
    "project recast": lambda: Project.objects.filter(number="A").update(category=None),
    "order": lambda: Project.objects.filter(number="A").update(position=99),
    "project added": lambda: Project.objects.create(
        process=process_of_vote(), number="Z", cost=1, position=99
    ),
    "condition deleted": lambda: EligibilityRule.objects.all().delete(),
    "condition added": lambda: EligibilityRule.objects.create(
        process=process_of_vote(), verifier="email"
    ),
    "opening": lambda: voting().update(opens_at=clock.now() - HOUR),
    "end": lambda: voting().update(closes_at=clock.now() + HOUR),
    "no end": lambda: voting().update(closes_at=None),
    "voting deleted": lambda: voting().delete(),
    "voting renamed": lambda: voting().update(kind="results"),
}


@pytest.fixture
def linked(process):
    ChangeVoteRules(process, by=None, exclusive=[["A", "B"]], dependencies=[("N", "A")]).execute()
    return process


def done():
    """Try every write and undo it; the names of those the database let through."""
    through = set()
    for name, write in WRITES.items():
        try:
            with transaction.atomic():
                write()
                through.add(name)
                transaction.set_rollback(True)
        except IntegrityError:
            continue
    return through


def test_until_a_vote_opens_the_database_takes_every_change(linked, prepared):
    assert done() == set(WRITES)


def test_once_it_has_opened_the_database_takes_none(linked, run):
    assert done() == set()


def refused(step):
    with pytest.raises(ActionRefused) as refusal, transaction.atomic():
        step.execute()
    return refusal.value.code


def test_actions_say_in_a_sentence_that_the_rules_are_frozen(process, run, clerk):
    in_force = Rules.of(process)
    later = [
        PhaseRule(each.kind, each.opens_at, each.closes_at + HOUR, {}, each.pk)
        for each in reversed(in_force.phases)
    ]

    assert refused(ChangeVoteRules(process, by=clerk, limits=ApprovalLimits(most=4))) == "frozen"
    assert refused(SetEligibility(process, by=clerk, rules=[])) == "frozen"
    assert refused(SetRules(process, by=clerk, mandate="binding")) == "frozen"
    assert refused(SetRules(process, by=clerk, phases=later[:1])) == "frozen"
    assert refused(SetRules(process, by=clerk, phases=later)) in {"frozen", "overlapping-phases"}


def test_the_editor_of_the_page_says_so_too(vote, run, client, superuser):
    form = open_form(client, vote, superuser)
    sent = {**form, "introduction": "null", "rules-mandate": "binding", "action-publish": "1"}

    refused = client.post(reverse("wagtailadmin_pages:edit", args=[vote.pk]), sent)

    assert "so its rules and projects stay as they are" in errors_of(refused)


def test_what_is_written_about_a_phase_can_still_be_changed(process, run):
    phases = [
        PhaseRule(each.kind, each.opens_at, each.closes_at, {"en": "Come all"}, each.pk)
        for each in Rules.of(process).phases
    ]

    SetRules(process, by=None, phases=phases).execute()

    assert {phase.descriptions["en"] for phase in process.phases.all()} == {"Come all"}


def test_an_imported_vote_keeps_the_rules_it_was_held_under(import_election):
    vote = import_election()

    assert refused(ChangeVoteRules(vote.process, by=None, amount=5)) == "frozen"


def test_a_longer_vote_ends_later_everywhere(process, run, clerk):
    second = get_user_model().objects.create_superuser("second", password="demo")
    counting = process.phases.get(kind="counting")
    end = run.closes_at + timedelta(days=2)

    proposal = ProposeLengthening(run, by=clerk, closes_at=end, reason="Snow").execute()
    LengthenVote(proposal, by=second).execute()

    assert voting().get().closes_at == VoteRun.objects.get().closes_at == end
    moved = process.phases.get(kind="counting")
    assert moved.opens_at - counting.opens_at == timedelta(days=2)
    assert moved.closes_at - counting.closes_at == timedelta(days=2)


def test_a_project_is_withdrawn_from_an_open_vote_with_a_reason_for_good(run, clerk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(number="A").update(outcome="withdrawn")

    assert refused(WithdrawProject(project(), by=clerk, reason=" ")) == "no-reason"
    WithdrawProject(project(), by=clerk, reason="The slope slides").execute()

    assert ProjectWithdrawal.objects.get().reason == "The slope slides"
    assert refused(WithdrawProject(project(), by=clerk, reason="Again")) == "withdrawn"
    for change in (
        lambda: Project.objects.filter(number="A").update(outcome="undecided"),
        lambda: ProjectWithdrawal.objects.update(reason=""),
        lambda: ProjectWithdrawal.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("limits", "ballot"),
    [
        pytest.param(KnapsackLimits(), '{"vote":["A","N"]}', id="knapsack"),
        pytest.param(YesNoLimits(), '{"points":[1,-1],"vote":["A","N"]}', id="yes or no"),
    ],
)
def test_a_count_still_marks_what_is_funded(linked, prepared, set_clock, limits, ballot):
    ChangeVoteRules(linked, by=None, limits=limits).execute()
    run = OpenVote(prepared, by=None).execute()
    voter = Voter("kim", area="north")
    CastBallot(run, voter=voter, choice=ballot, idempotency_key="f").execute()
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()

    result = CountBallots(linked, by=None).execute()
    assert project("A").outcome == "undecided"
    PublishCount(result, by=None).execute()

    assert result.document["scores"]["A"] == 1
    assert project("A").outcome == "funded"
    assert done() == set()


def test_rules_the_counting_does_not_know_name_no_winners(linked, prepared, set_clock, monkeypatch):
    others = {name: rule for name, rule in RULES.items() if name != "greedy"}
    monkeypatch.setattr("civic_sourcing.budgets.actions.count.start.RULES", others)
    run = OpenVote(prepared, by=None).execute()
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()

    assert refused(CountBallots(linked, by=None)) == "not-countable"
    assert set(Project.objects.of(linked).values_list("outcome", flat=True)) == {"undecided"}


def test_rules_are_changed_by_whoever_may_publish_the_page(process, editor, prepared):
    stranger = get_user_model().objects.create_user("stranger")

    ChangeVoteRules(process, by=editor, limits=KnapsackLimits()).execute()

    assert BudgetRules.objects.get().ballot_type == "knapsack"
    assert refused(ChangeVoteRules(process, by=stranger, amount=1)) == "forbidden"
    assert refused(PrepareVote(process, by=stranger, kind="rehearsal")) == "forbidden"


def test_an_area_in_which_projects_are_stays(process):
    areas = [{"code": "north", "names": {"en": "North"}, "budget": 500}]

    assert refused(ChangeVoteRules(process, by=None, areas=areas)) == "in-use"
    assert VoteArea.objects.count() == 3


def test_the_money_of_a_vote_with_areas_is_that_of_all_together(process):
    assert BudgetRules.objects.get(process=process).amount == 2000
