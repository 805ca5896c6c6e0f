"""What reports weigh: strangers, newcomers, people known here, and hiding until review."""

from datetime import timedelta
from decimal import Decimal

import pytest

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry, salted_digest
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited
from civic_sourcing.moderation.models import (
    Automation,
    Case,
    CaseState,
    ForumModeration,
    Origin,
    Outcome,
)
from civic_sourcing.moderation.queue.alerts import alert_moderators
from civic_sourcing.notifications.models import OutboxMessage
from civic_sourcing.participants.models import Participant

HOUR = timedelta(hours=1)


def refusal_of(step):
    with pytest.raises(ActionRefused) as refused:
        step()
    return refused.value.code


def close(case):
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECIDED, decided_at=case.opened_at)


class TestAnonymousAndNew:
    def test_somebody_not_signed_in_weighs_little(self, report):
        filed = report(by=None, anonymous_key="k" * 64)

        assert (filed.reporter, filed.weight) == (None, Decimal("0.25"))
        assert AuditEntry.objects.get(action="civic_moderation.report").actor is None

    def test_an_address_reports_once(self, report):
        report(by=None, anonymous_key="k" * 64)

        assert refusal_of(lambda: report(by=None, anonymous_key="k" * 64)) == "already-reported"
        assert report(by=None, anonymous_key="l" * 64).case.reporters == 2

    def test_without_a_key_somebody_has_to_sign_in(self, report, nobody):
        for by in (None, nobody):
            with pytest.raises(ActionForbidden, match="sign in"):
                report(by=by)

    def test_a_town_can_ask_everybody_to_sign_in(self, report, settings):
        settings.CIVIC_SOURCING = {"ANONYMOUS_REPORTS": False}

        assert refusal_of(lambda: report(by=None, anonymous_key="k" * 64)) == "sign-in"

    def test_a_newcomer_weighs_little(self, report, newcomer):
        assert report(by=newcomer).weight == Decimal("0.25")

    def test_newcomers_report_five_times_a_day(self, report, propose, author, newcomer):
        ideas = [propose(author, f"Bench {number}") for number in range(6)]
        for each in ideas[:5]:
            report(each.contribution, by=newcomer)

        with pytest.raises(RateLimited):
            report(ideas[5].contribution, by=newcomer)

    def test_an_address_is_limited_for_those_not_known(self, report, settings, make_citizen):
        settings.CIVIC_SOURCING = {"LIMITS": {"report": {"ip": [{"count": 2, "seconds": 3600}]}}}
        report(by=make_citizen("one"), ip="192.0.2.1")
        report(by=None, anonymous_key="k" * 64, ip="192.0.2.1")

        with pytest.raises(RateLimited):
            report(by=make_citizen("three"), ip="192.0.2.1")

    def test_an_address_does_not_limit_people_known_here(self, report, settings, second_reporter):
        settings.CIVIC_SOURCING = {"LIMITS": {"report": {"ip": [{"count": 1, "seconds": 3600}]}}}
        report(by=None, anonymous_key="k" * 64, ip="192.0.2.1")

        filed = [report(ip="192.0.2.1"), report(by=second_reporter, ip="192.0.2.1")]

        assert [each.weight for each in filed] == [1, 1]

    def test_two_hundred_new_accounts_hide_nothing_and_cause_one_mail(
        self, report, make_citizen, idea, moderator
    ):
        for number in range(200):
            report(by=make_citizen(f"new{number}"), rule="safety")
            if number in (0, 99, 199):
                alert_moderators(clock.now())

        idea.refresh_from_db()
        case = Case.objects.get()
        assert idea.live
        assert (case.reporters, case.weight, case.decisions.count()) == (200, 50, 0)
        assert OutboxMessage.objects.filter(user=moderator).count() == 1


class TestHidingUntilReview:
    @pytest.fixture
    def state(self, idea):
        return lambda: State(Contribution.objects.get(pk=idea.contribution.pk).state)

    def test_a_grave_rule_hides_at_once(self, report, state, idea, rules):
        case = report(rule="safety").case

        idea.refresh_from_db()
        decision = case.decisions.get()
        assert (state(), idea.live) == (State.HIDDEN, False)
        assert (decision.outcome, decision.origin) == (Outcome.TEMPORARY, Origin.AUTOMATIC)
        assert (decision.automation, decision.decided_by) == (Automation.HIDDEN, None)
        assert decision.until - decision.starts_at == timedelta(days=30)
        assert "safety" not in decision.facts
        assert rules("safety").title in decision.facts
        assert decision.measures.get().kind == "hidden"
        assert Case.objects.get().is_open

    def test_the_log_has_the_decision_and_a_digest_of_its_reasons(self, report):
        case = report(rule="safety").case

        decision = case.decisions.get()
        entry = AuditEntry.objects.get(action="civic_moderation.decide")
        digest = salted_digest(decision.facts, salt=bytes.fromhex(decision.salt))
        assert entry.details["decision"] == str(decision.uuid)
        assert (entry.actor, entry.reason_digest) == (None, digest)
        assert (entry.subject_kind, entry.subject_id) == ("civic_moderation.case", str(case.uuid))

    def test_as_many_people_as_set_hide_it(self, report, state, second_reporter, third_reporter):
        report()
        report(by=second_reporter)
        before = state()

        report(by=third_reporter)

        assert (before, state()) == (State.PUBLISHED, State.HIDDEN)

    @pytest.mark.parametrize(
        ("setting", "own", "hides"),
        [(1, None, True), (0, None, False), (3, 1, True), (1, 0, False)],
        ids=["one", "never", "one in this process", "never in this process"],
    )
    def test_a_town_and_a_process_say_how_many(
        self, report, settings, idea, state, setting, own, hides
    ):
        settings.CIVIC_SOURCING = {"TRUSTED_REPORTERS": setting}
        if own is not None:
            ForumModeration.objects.create(process=idea.process, auto_hide_reporters=own)

        report()

        assert (state() == State.HIDDEN) is hides

    @pytest.mark.parametrize("rule", ["respect", "safety"])
    def test_newcomers_and_strangers_never_do(self, report, state, make_citizen, rule):
        for number in range(4):
            report(by=make_citizen(f"new{number}"), rule=rule)
            report(by=None, anonymous_key=str(number), rule=rule)

        assert state() == State.PUBLISHED

    def test_newcomers_do_not_count_with_those_known_here(
        self, report, state, second_reporter, make_citizen
    ):
        report()
        report(by=second_reporter)
        report(by=make_citizen("new"))

        assert state() == State.PUBLISHED

    def test_what_a_moderator_has_looked_at_stays(self, report, state, case, moderator, rules):
        case.decisions.create(
            number=1,
            outcome=Outcome.NO_BREACH,
            facts="Rude, but about the matter.",
            starts_at=case.opened_at + HOUR,
            decided_at=case.opened_at + HOUR,
            decided_by=moderator,
        )
        close(case)

        report(rule="safety")

        assert state() == State.PUBLISHED

    def test_a_profile_is_never_touched(self, report, author):
        person = Participant.objects.of(author)

        case = report(person, rule="safety").case

        assert (case.participant, case.kind, case.decisions.count()) == (person, "participant", 0)
        assert not Participant.objects.get(pk=person.pk).suspended_at(case.opened_at)
