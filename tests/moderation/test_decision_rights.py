"""Who decides, what a decision needs, and how it is kept, told and corrected."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import RemoveContribution, WithdrawContribution
from civic_sourcing.attribution.models import State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.moderation.actions import DecideCase, TakeCase
from civic_sourcing.moderation.models import Automation, Case, Decision, Finding, Measure, Origin
from civic_sourcing.moderation.queue.leases import take_lease
from civic_sourcing.moderation.signals import case_decided, measure_ended
from civic_sourcing.participants.models import Participant

from .deciding_people import (  # noqa: F401
    FACTS,
    appeal_scene,
    case_now,
    decide_scene,
    faults,
    page_now,
    row,
    snapshot,
    terms_scene,
    waiting_idea_scene,
)

DAY = timedelta(days=1)
CONTENT = ["no_breach", "mask", "hide", "remove", "move", "temporary", "warn", "suspend"]


@pytest.fixture
def case_in(idea, author, report, reporter, second_reporter, third_reporter, request):
    """A case whose subject is in a given state."""

    def arrange(state):
        if state == "waiting":
            page = request.getfixturevalue("waiting_idea")
            return Case.objects.get(contribution=page.contribution)
        if state == "a person":
            return report(Participant.objects.of(author), process=idea.process).case
        if state == "hidden by the system":
            for person in (reporter, second_reporter, third_reporter):
                case = report(by=person).case
            return case_now(case)
        case = report().case
        if state == "withdrawn":
            WithdrawContribution(idea.contribution, by=author).execute()
        if state == "removed by its author":
            RemoveContribution(idea.contribution, by=None).execute()
            ledger.blank(row(idea))
        return case_now(case)

    return arrange


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        pytest.param({"facts": ""}, "no-facts", id="without facts"),
        pytest.param({"facts": "Bad."}, "no-facts", id="too few words"),
        pytest.param({"rule": None}, "no-rule", id="without a rule"),
        pytest.param({"outcome": "banish"}, "no-outcome", id="unknown outcome"),
        pytest.param({"outcome": "mask", "seen_version": 1}, "no-passage", id="no passage"),
        pytest.param({"outcome": "suspend"}, "no-end", id="suspended for ever"),
        pytest.param({"outcome": "temporary"}, "no-end", id="temporary for ever"),
        pytest.param({"outcome": "temporary", "days": 31}, "too-long", id="31 days"),
        pytest.param({"outcome": "temporary", "days": -1}, "past", id="in the past"),
    ],
)
def test_decision_without_what_it_needs_is_refused(case, decide, terms, code):
    terms = {"outcome": "hide", **terms}
    if "days" in terms:
        terms["until"] = timezone.now() + terms.pop("days") * DAY

    with pytest.raises(ActionRefused) as refused:
        decide(case, **terms)

    assert refused.value.code == code
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"facts": ""}, id="facts"),
        pytest.param({"scope": "", "salt": "ab"}, id="scope"),
        pytest.param({"rule": None}, id="rule"),
        pytest.param({"outcome": "temporary", "until": None}, id="end"),
        pytest.param({"outcome": "temporary", "days": 31}, id="31 days"),
        pytest.param({"outcome": "remove", "origin": "automatic"}, id="removed by the system"),
    ],
)
def test_the_database_takes_no_decision_without_its_statement(case, rules, values):
    now = timezone.now()
    values = {"until": now + values.pop("days") * DAY} | values if "days" in values else values
    row = {"outcome": "hide", "rule": rules("respect"), "facts": FACTS, "scope": "All", **values}

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case, number=1, starts_at=now, decided_at=now, **row)


@pytest.mark.parametrize("change", [{"outcome": "remove"}, {"facts": "Other"}, {"number": 4}])
def test_the_database_keeps_a_decision_as_it_was_made(case, decide, change):
    decision = decide(case)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_a_decision_may_be_erased_and_its_moderator_may_leave(case, decide, moderator):
    decision = decide(case)

    Decision.objects.filter(pk=decision.pk).update(facts="–", scope="", salt="", details={})
    Decision.objects.filter(pk=decision.pk).update(decided_by=None)

    assert Decision.objects.get().facts == "–"


def test_a_measure_ends_once(case, decide):
    decide(case)
    Measure.objects.update(ended_at=timezone.now(), end_reason="lifted")

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(ended_at=None, end_reason="")


ROLES = {
    "nobody": False,
    "reporter": False,
    "author": False,
    "moderator": True,
    "second_moderator": True,
    "foreign_moderator": False,
    "administrator": True,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("outcome", CONTENT)
def test_role_may_decide(case, decide, terms, request, role, outcome):
    user = request.getfixturevalue(role)

    try:
        decide(case, outcome, by=user, **terms(case, outcome))
        allowed = True
    except ActionForbidden:
        allowed = False

    assert allowed is ROLES[role]


@pytest.mark.parametrize("role", ["author", "reporter"])
def test_nobody_decides_their_own_matter_even_as_moderator(case, decide, request, moderator, role):
    user = request.getfixturevalue(role)
    user.groups.set(moderator.groups.all())

    with pytest.raises(ActionRefused) as refused:
        decide(case, "no_breach", by=user)

    assert refused.value.code == "own"


def test_demoted_moderator_with_an_open_tab_is_refused_at_once(case, decide, moderator):
    TakeCase(case, by=moderator).execute()
    moderator.groups.clear()

    with pytest.raises(ActionForbidden):
        decide(case_now(case), by=get_user_model().objects.get(pk=moderator.pk))


def test_the_system_never_removes(case, decide):
    with pytest.raises(ActionForbidden):
        decide(case, "remove", by=None)


def test_the_second_to_decide_is_told_what_was_decided(case, decide, second_moderator, moderator):
    decide(case)

    with pytest.raises(ActionRefused) as refused:
        decide(case, "no_breach", by=second_moderator)

    name = Participant.objects.of(moderator).public_name
    assert refused.value.code == "already-decided"
    assert name in refused.value.message
    assert "Hidden" in refused.value.message
    assert Decision.objects.count() == 1


def test_a_lease_is_soft_and_the_decision_hard(case, decide, moderator, second_moderator):
    take_lease(case, second_moderator)

    assert decide(case).number == 1


@pytest.mark.parametrize(
    ("verdict", "automation"),
    [("mark", Automation.DETECTED), ("hold", Automation.HELD), (None, Automation.NONE)],
)
def test_statement_says_whether_automation_took_part(case, decide, verdict, automation):
    if verdict:
        Finding.objects.create(
            case=case, check_key="words", verdict=verdict, code="x", at=timezone.now()
        )

    assert decide(case).automation == automation


def test_statement_says_that_it_was_hidden_automatically(case_in, decide):
    case = case_in("hidden by the system")

    decision = decide(case, "no_breach", rule=None)

    assert decision.automation == Automation.HIDDEN
    assert [m.end_reason for m in Measure.objects.all()] == ["lifted"]


class TestCorrecting:
    def test_a_decision_is_corrected_within_minutes(self, case, idea, decide):
        wrong = decide(case, "remove")

        right = decide(case_now(case), "hide", correct=wrong)

        assert (right.origin, right.corrects, right.number) == (Origin.CORRECTION, wrong, 2)
        assert (row(idea).state, page_now(idea).title) == (State.HIDDEN, idea.title)
        assert wrong.measures.get().end_reason == "corrected"
        assert not faults()

    @pytest.mark.parametrize("outcome", ["mask", "hide", "remove", "move", "warn", "temporary"])
    def test_taken_back_it_is_as_if_nothing_had_been(
        self, case, idea, decide, terms, author, reporter, outcome
    ):
        SupportIdea(idea, by=reporter).execute()
        before = snapshot(idea)
        wrong = decide(case, outcome, **terms(case, outcome))

        decide(case_now(case), "no_breach", rule=None, correct=wrong)

        assert snapshot(idea) == before
        assert Participant.objects.of(author).standing == "good"
        assert not faults()

    def test_a_mask_is_corrected_in_the_original_text(self, case, idea, decide):
        text = idea.description
        wrong = decide(case, "mask", spans=[["text", 0, 3]], seen_version=1)

        decide(
            case_now(case),
            "mask",
            spans=[["text", len(text) - 5, len(text)]],
            seen_version=2,
            correct=wrong,
        )

        assert page_now(idea).description == text[:-5] + "***"

    def test_a_colleague_does_not_correct(self, case, decide, second_moderator):
        wrong = decide(case)

        with pytest.raises(ActionForbidden):
            decide(case_now(case), "no_breach", by=second_moderator, correct=wrong)

    def test_after_minutes_it_is_too_late(self, case, decide):
        wrong = decide(case)
        with triggers_suspended():
            Decision.objects.update(decided_at=timezone.now() - timedelta(minutes=16))

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=wrong)

        assert refused.value.code == "too-late"

    def test_what_is_appealed_is_decided_there(self, case, decide, appeal):
        wrong = decide(case)
        appeal(wrong)

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=wrong)

        assert refused.value.code == "appealed"

    def test_only_the_last_decision_is_corrected(self, case, decide):
        first = decide(case)
        decide(case_now(case), "warn", correct=first)

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=first)

        assert refused.value.code == "already-decided"

    def test_the_log_knows_both(self, case, decide):
        wrong = decide(case)
        right = decide(case_now(case), "no_breach", rule=None, correct=wrong)

        entries = AuditEntry.objects.filter(action="civic_moderation.decide").order_by("pk")
        assert [entry.details["decision"] for entry in entries] == [
            str(wrong.uuid),
            str(right.uuid),
        ]
        assert entries.last().details["corrects"] == str(wrong.uuid)


def test_the_log_has_the_decision_and_no_word_of_it(case, idea, decide, moderator):
    decide(case, facts="A very particular sentence.")

    entry = AuditEntry.objects.get(action="civic_moderation.decide")
    assert (entry.actor, entry.details["outcome"]) == (
        Participant.objects.of(moderator).uuid,
        "hide",
    )
    assert "particular" not in str(entry.details)
    assert idea.title not in str(entry.details)
    assert not faults()


def test_news_go_out_when_a_case_is_decided_and_a_measure_ends(
    case_in, decide, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender, **news):
        heard.append((sender, news.get("result") or news.get("measure")))

    case = case_in("hidden by the system")
    case_decided.connect(listen)
    measure_ended.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(case, "no_breach", rule=None)
    case_decided.disconnect(listen)
    measure_ended.disconnect(listen)

    assert (DecideCase, decision) in heard
    assert (Measure, Measure.objects.get()) in heard
