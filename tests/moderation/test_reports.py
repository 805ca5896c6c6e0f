"""Reporting: once per person, weighed by who reports, hidden only by people known here."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.actions import HideContribution, WithdrawContribution
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import TextRefused
from civic_sourcing.moderation import cases
from civic_sourcing.moderation.actions import ReportContribution
from civic_sourcing.moderation.actions.decisions import DecideCase
from civic_sourcing.moderation.models import (
    Case,
    CaseState,
    Decision,
    ForumModeration,
    NetiquetteRule,
    Report,
)
from civic_sourcing.moderation.signals import case_opened, report_filed
from civic_sourcing.participants.models import Participant

HOUR = timedelta(hours=1)


def refusal_of(step):
    with pytest.raises(ActionRefused) as refused:
        step()
    return refused.value.code


def close(case):
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECIDED, decided_at=case.opened_at)


class TestOneReport:
    def test_opens_a_case_about_the_contribution(self, report, idea, rules):
        filed = report(text="It calls me names.")

        case = Case.objects.get()
        about = (case.contribution, case.kind, case.process, case.language)
        assert about == (idea.contribution, "idea", idea.process, "en")
        assert (case.rule, case.severity) == (rules("respect"), 2)
        assert (case.reporters, case.weight, case.is_open) == (1, 1, True)
        assert (filed.case, filed.text, filed.weight) == (case, "It calls me names.", 1)

    def test_a_second_by_the_same_person_is_refused(self, report):
        report()

        assert refusal_of(lambda: report(rule="topic")) == "already-reported"
        assert Report.objects.count() == 1

    def test_the_database_refuses_a_second_by_the_same_person(self, report):
        filed = report()
        filed.pk, filed.uuid = None, "c7ad8a40-2f6c-4f0c-9f3f-1d7f9d7a1a00"

        with pytest.raises(IntegrityError), transaction.atomic():
            filed.save(force_insert=True)

    def test_is_possible_again_once_the_case_is_decided(self, report):
        close(report().case)

        second = report()

        assert second.case != Report.objects.first().case
        assert Case.objects.count() == 2

    def test_a_repeated_request_returns_the_first_report(self, report):
        first = report(idempotency_key="4f1f7a5e")

        assert report(idempotency_key="4f1f7a5e") == first
        assert Report.objects.count() == 1

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("\u202ereversed\u202c", "reversed"),
            ("Z\u0361" + "\u0361" * 60 + "algo", "Z\u0361\u0361\u0361\u0361algo"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("😀" * 500, "😀" * 500),
            ("  \u200b ", None),
        ],
        ids=["bidi", "zalgo", "script", "500 emoji", "nothing visible"],
    )
    def test_keeps_a_text_that_can_be_shown(self, report, text, kept):
        if kept is None:
            with pytest.raises(TextRefused, match="empty"):
                report(text=text)
        else:
            assert report(text=text).text == kept

    def test_a_text_too_long_is_refused(self, report):
        with pytest.raises(TextRefused, match="too long"):
            report(text="a" * 2001)

    def test_a_rule_that_needs_words_gets_them(self, report):
        assert refusal_of(lambda: report(rule="truth", text=" ")) == "needs-text"
        assert report(rule="truth", text="He never took money.").text == "He never took money."

    def test_a_rule_out_of_force_is_refused(self, report, rules):
        NetiquetteRule.objects.same_as(rules("topic")).update(retired=True)

        assert refusal_of(lambda: report(rule="topic")) == "retired"

    def test_ones_own_text_is_refused(self, report, author):
        assert refusal_of(lambda: report(by=author)) == "own"

    @pytest.mark.parametrize("step", [HideContribution, WithdrawContribution])
    def test_only_what_everybody_reads_is_reported(self, report, idea, step):
        step(idea.contribution, by=None).execute()

        if step is HideContribution:
            assert refusal_of(report) == "not-public"
        else:
            assert report().case.is_open

    def test_whoever_is_suspended_cannot_report(self, report, reporter):
        Participant.objects.filter(user=reporter).update(standing="suspended")

        assert refusal_of(report) == "suspended"

    def test_the_log_names_the_report_and_neither_text_nor_contribution(self, report, idea):
        filed = report(text="Private words.")

        entry = AuditEntry.objects.get(action="civic_moderation.report")
        assert (entry.subject_kind, entry.subject_id) == (
            "civic_moderation.report",
            str(filed.uuid),
        )
        assert entry.details["case"] == str(filed.case.uuid)
        assert "Private" not in str(entry.details)
        assert str(idea.contribution.uuid) not in str(entry.details)

    def test_it_is_announced_and_the_case_once(
        self, report, second_reporter, django_capture_on_commit_callbacks
    ):
        news = []

        def hear(signal, **facts):
            news.append(signal)

        case_opened.connect(hear)
        report_filed.connect(hear)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                report()
                report(by=second_reporter)
        finally:
            case_opened.disconnect(hear)
            report_filed.disconnect(hear)

        assert [news.count(case_opened), news.count(report_filed)] == [1, 2]


class TestTheCase:
    def test_the_gravest_rule_leads(self, report, rules, second_reporter, third_reporter):
        report(rule="topic")
        report(by=second_reporter, rule="truth", text="Made up.")
        report(by=third_reporter, rule="respect")

        case = Case.objects.get()
        assert (case.rule, case.severity, case.reporters) == (rules("truth"), 3, 3)

    @pytest.mark.parametrize(
        ("words", "hours"),
        [
            ({"rule": "topic"}, 48),
            ({"rule": "topic", "affected": True}, 24),
            ({"rule": "safety"}, 2),
            ({"rule": "safety", "affected": True}, 2),
        ],
        ids=["ordinary", "personally affected", "emergency", "both"],
    )
    def test_its_target_depends_on_what_is_at_stake(self, report, words, hours):
        case = report(**words).case

        assert case.due_at - case.opened_at == hours * HOUR
        assert case.is_personal is bool(words.get("affected"))
        assert case.is_emergency is (words["rule"] == "safety")

    def test_a_later_emergency_brings_the_target_forward(self, report, second_reporter):
        first = report(rule="topic").case

        report(by=second_reporter, rule="safety")

        case = Case.objects.get()
        assert case.due_at == first.opened_at + 2 * HOUR

    def test_the_process_sets_its_own_target(self, report, idea):
        ForumModeration.objects.create(process=idea.process, target_hours=12)

        case = report().case

        assert case.due_at - case.opened_at == 12 * HOUR

    def test_gathering_twice_finds_the_same_case(self, idea, db):
        with transaction.atomic():
            first = cases.gather(idea.contribution, process=idea.process, at=idea.filed_at)
            again = cases.gather(idea.contribution, process=idea.process, at=idea.filed_at)

        assert first == again

    @pytest.mark.parametrize(
        "fields",
        [{}, {"contribution": True, "participant": True}, {"contribution": True, "twice": True}],
        ids=["about nothing", "about two", "open twice"],
    )
    def test_the_database_keeps_it_about_one_thing_and_open_once(self, idea, fields):
        given = {"process": idea.process, "kind": "idea"}
        given |= {"opened_at": idea.filed_at, "due_at": idea.filed_at}
        if fields.get("contribution"):
            given["contribution"] = idea.contribution
        if fields.get("participant"):
            given["participant"] = idea.contribution.author
        if fields.get("twice"):
            Case.objects.create(**given)

        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.create(**given)

    def test_cases_and_reports_are_never_deleted(self, case):
        for rows in (Report.objects.all(), Case.objects.all()):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows._raw_delete("default")

    def test_a_report_keeps_what_was_filed(self, report, rules):
        filed = report(text="As I said.")

        for change in ({"text": "Other words."}, {"rule": rules("topic")}, {"weight": "0.5"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Report.objects.filter(pk=filed.pk).update(**change)


class TestReportingAPerson:
    def test_the_case_is_about_the_person(self, report, author, idea):
        person = Participant.objects.of(author)

        case = report(person, process=idea.process).case

        assert (case.participant, case.contribution, case.process) == (person, None, idea.process)

    def test_it_stands_in_the_log_of_the_person(self, report, author):
        person = Participant.objects.of(author)

        report(person)

        entry = AuditEntry.objects.get(action="civic_moderation.report_participant")
        assert entry.chain == person.uuid

    def test_nobody_reports_themselves(self, report, author):
        assert refusal_of(lambda: report(Participant.objects.of(author), by=author)) == "own"

    def test_somebody_who_left_is_not_reported(self, report, author):
        person = Participant.objects.of(author)
        Participant.objects.filter(pk=person.pk).update(erased_at=person.created_at, name="")

        assert refusal_of(lambda: report(person)) == "gone"


@pytest.mark.postgres
class TestAtTheSameMoment:
    def test_one_person_reports_once(self, run_in_parallel, report, reporter, idea, rules):
        rule = rules("respect")
        Participant.objects.of(reporter)

        results = run_in_parallel(
            5,
            lambda _number: ReportContribution(idea.contribution, by=reporter, rule=rule).execute(),
        )

        assert sum(isinstance(result, Report) for result in results) == 1
        refused = [each for each in results if not isinstance(each, Report)]
        assert {each.code for each in refused} == {"already-reported"}
        assert Case.objects.get().reporters == 1

    def test_many_people_make_one_case(self, run_in_parallel, make_citizen, idea, rules):
        rule = rules("respect")
        people = [make_citizen(f"person{number}") for number in range(6)]

        results = run_in_parallel(
            6,
            lambda number: ReportContribution(
                idea.contribution, by=people[number], rule=rule
            ).execute(),
        )

        assert all(isinstance(result, Report) for result in results)
        assert Case.objects.get().reporters == 6

    def test_gathering_without_the_lock_still_makes_one_case(self, run_in_parallel, idea):
        def gather(_number):
            with transaction.atomic():
                return cases.gather(idea.contribution, process=idea.process, at=idea.filed_at).pk

        results = run_in_parallel(5, gather)

        assert len(set(results)) == 1
        assert Case.objects.count() == 1

    def test_reporting_and_deciding_do_not_wait_for_each_other_for_ever(
        self, run_in_parallel, case, make_citizen, moderator, rules
    ):
        people = [make_citizen(f"person{number}") for number in range(5)]

        def step(number):
            if number == 5:
                words = {"outcome": "hide", "facts": "It calls somebody names, and more."}
                return DecideCase(case, by=moderator, rule=rules("respect"), **words).execute()
            return ReportContribution(
                case.contribution, by=people[number], rule=rules("topic")
            ).execute()

        results = run_in_parallel(6, step)

        assert isinstance(results.pop(), Decision)
        for each in results:
            assert isinstance(each, Report) or each.code == "not-public"
