"""Who hears of a decision, in which language, and what no notice says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import Support
from civic_sourcing.moderation.models import Case, Report
from civic_sourcing.notifications.models import Notification
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Participant

from .deciding_people import (  # noqa: F401
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
    waiting_idea_scene,
)

DAY = timedelta(days=1)


def told(user, category=None):
    notes = Notification.objects.filter(user=user).order_by("pk")
    return list(notes.filter(category=category) if category else notes)


@pytest.fixture
def supporter(idea, make_citizen):
    user = make_citizen("supporter", email="supporter@example.org")
    SupportIdea(idea, by=user).execute()
    return user


def test_the_author_is_told_with_the_rule_and_where_the_reasons_are(case, decide, author, rules):
    decision = decide(case)

    [note] = told(author)
    assert note.category == "civic_moderation.decisions"
    assert note.subject.startswith("Decision of moderators: Idea of")
    assert "Hidden" in note.body
    assert rules("respect").title in note.body
    assert note.url == reverse("civic_moderation:decision", args=[decision.uuid])


def test_reporters_are_told_the_outcome_with_the_rule(case, decide, reporter, rules):
    decide(case)

    note = told(reporter, "civic_moderation.outcomes")[-1]
    assert note.subject.startswith("Your report is decided")
    assert "Hidden" in note.body
    assert rules("respect").title in note.body
    report = Report.objects.get()
    assert note.url == reverse("civic_moderation:report", args=[report.uuid])
    assert report.answered_at


def test_reporters_hear_no_more_of_a_person_than_that_steps_were_taken(case, decide, reporter):
    decide(case, "suspend", until=timezone.now() + DAY)

    note = told(reporter, "civic_moderation.outcomes")[-1]
    assert "steps" in note.body
    assert "uspended" not in note.body + note.subject


def test_who_supports_it_is_told_that_it_is_hidden_and_back(
    case, decide, supporter, appeal, decide_appeal
):
    decision = decide(case)
    assert [note.category for note in told(supporter)] == ["civic_moderation.affected"]

    decide_appeal(appeal(decision))

    assert [note.subject for note in told(supporter)] == [
        "Moderators have hidden a text you answered or support",
        "A text you answered or support can be read again",
    ]


@pytest.mark.parametrize("outcome", ["no_breach", "warn", "mask"])
def test_who_supports_it_is_not_bothered_while_it_stands(case, decide, supporter, outcome):
    spans = {"spans": [["text", 0, 3]], "seen_version": 1} if outcome == "mask" else {}
    decide(case, outcome, **spans)

    assert not told(supporter)


def test_no_breach_is_no_news_for_the_author(case, decide, author):
    decide(case, "no_breach", rule=None)

    assert not told(author)


def test_everybody_reads_it_in_their_own_language(case, decide, author, reporter, rules):
    Participant.objects.filter(user=author).update(language="ko")

    decide(case)

    assert rules("respect", "ko").title in told(author)[0].body
    assert rules("respect", "en").title in told(reporter, "civic_moderation.outcomes")[-1].body


@pytest.mark.parametrize("outcome", ["mask", "hide", "remove", "move", "temporary"])
def test_no_notice_says_what_was_written_nor_who_decided_or_reported(
    case, idea, decide, appeal, decide_appeal, supporter, moderator, reporter, author, outcome
):
    terms = {
        "mask": {"spans": [["title", 0, 7], ["text", 0, 6]], "seen_version": 1},
        "temporary": {"until": timezone.now() + DAY},
    }.get(outcome, {})

    decision = decide(case, outcome, **terms)
    decide_appeal(appeal(decision, text="Private words."))

    notes = Notification.objects.all()
    said = "\n".join(f"{note.subject}\n{note.body}\n{note.url}" for note in notes)
    assert len(notes) >= 4
    for secret in (
        idea.title,
        idea.description,
        idea.slug,
        "Private words",
        "runs down",
        Participant.objects.of(moderator).public_name,
        "example.org",
    ):
        assert secret not in said
    to_author = [note.body + note.subject for note in notes if note.user_id == author.pk]
    assert Participant.objects.of(reporter).public_name not in "".join(to_author)


def test_what_waited_and_is_published_is_news_for_its_author(waiting_idea, decide, author):
    decide(Case.objects.get(contribution=waiting_idea.contribution), "release", rule=None)

    assert "Published" in told(author)[-1].body


def test_a_correction_says_that_it_is_one(case, decide, author, reporter):
    wrong = decide(case)
    decide(case_now(case), "warn", correct=wrong)

    assert told(author)[-1].subject.startswith(("Corrected decision", "It can be read"))
    assert any(note.subject.startswith("Corrected decision") for note in told(author))
    assert told(reporter)[-1].subject.startswith("Your report is decided anew")


def test_hidden_by_the_system_author_and_reporters_are_told_at_once(
    report, author, reporter, second_reporter, third_reporter
):
    for person in (reporter, second_reporter, third_reporter):
        report(by=person)

    assert told(author)[0].subject.startswith("Decision of moderators")
    for person in (reporter, second_reporter, third_reporter):
        assert told(person, "civic_moderation.outcomes")[0].subject.startswith("Hidden until")


def test_what_is_erased_takes_its_notices_along(case, decide, author, reporter):
    decide(case)

    withdraw(case.uuid)

    assert not told(author)
    assert not told(reporter, "civic_moderation.outcomes")


def test_two_hundred_who_support_it_cost_no_more_queries(
    case, idea, decide, make_citizen, django_assert_max_num_queries
):
    people = [make_citizen(f"person{number}") for number in range(60)]
    Support.objects.bulk_create(
        Support(
            contribution=idea.contribution,
            participant=Participant.objects.of(person),
            created_at=timezone.now(),
        )
        for person in people
    )

    with django_assert_max_num_queries(150):
        decide(case)

    assert Notification.objects.filter(category="civic_moderation.affected").count() == 60
