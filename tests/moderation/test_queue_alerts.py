"""Mail to moderators: what it says, and never two within a quarter of an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Case, CaseAlert, SavedView
from civic_sourcing.moderation.queue.alerts import alert, alert_moderators
from civic_sourcing.moderation.queue.personal_records import QueueRecords
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.participants.models import Participant

CATEGORY = "civic_moderation.cases"


def told():
    return Notification.objects.filter(category=CATEGORY)


def let_time_pass(minutes):
    """Let the last mail and the opening of all cases lie further back."""
    by = timedelta(minutes=minutes)
    for row in CaseAlert.objects.all():
        CaseAlert.objects.filter(pk=row.pk).update(sent_at=row.sent_at - by)
    for case in Case.objects.all():
        Case.objects.filter(pk=case.pk).update(opened_at=case.opened_at - by)


def test_moderator_of_the_place_is_written_to_and_no_other(case, moderator, foreign_moderator):
    alert_moderators(clock.now())

    assert told().get().user == moderator


def test_mail_names_numbers_and_quotes_nothing(case, moderator):
    alert_moderators(clock.now())

    mail = told().get()
    assert (mail.subject, mail.body) == ("1 case waits for you", "1 new case")
    assert mail.url.endswith("/civic/cases/")


def test_emergency_is_in_the_subject(case, moderator):
    Case.objects.update(is_emergency=True)

    alert_moderators(clock.now())

    assert told().get().subject == "An emergency waits for you"


@pytest.mark.parametrize(("minutes", "mails"), [(14, 1), (16, 2)])
def test_second_mail_comes_after_a_quarter_of_an_hour(
    case, moderator, propose, author, open_case, minutes, mails
):
    alert_moderators(clock.now())
    let_time_pass(minutes)
    open_case(propose(author, "A later idea"))

    alert_moderators(clock.now())

    assert told().count() == mails


def test_no_setting_makes_it_sooner(case, moderator, propose, author, open_case, settings):
    settings.CIVIC_SOURCING = {"CASE_ALERT_MINUTES": 1}
    alert_moderators(clock.now())
    let_time_pass(14)
    open_case(propose(author, "A later idea"))

    alert_moderators(clock.now())

    assert told().count() == 1


def test_nothing_new_is_no_mail(case, moderator):
    alert_moderators(clock.now())
    let_time_pass(60)

    alert_moderators(clock.now())

    assert told().count() == 1


def test_case_that_becomes_overdue_is_news(case, moderator):
    alert_moderators(clock.now())
    let_time_pass(60)
    Case.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    alert_moderators(clock.now())

    assert told().latest("pk").body == "1 case has become overdue"


def test_decided_cases_are_no_news(case, moderator):
    Case.objects.update(state="decided", decided_at=timezone.now())

    alert_moderators(clock.now())

    assert not told().exists()


@pytest.mark.django_db(transaction=True)
def test_runs_that_overlap_write_once(case, moderator, run_in_parallel):
    answers = run_in_parallel(6, lambda number: alert(moderator))

    assert sorted(answers) == [False] * 5 + [True]
    assert told().count() == 1
    assert OutboxMessage.objects.filter(user=moderator).count() == 1


def test_what_the_queue_keeps_goes_with_the_account(case, moderator):
    alert(moderator)
    SavedView.objects.create(user=moderator, name="Late", query="urgency=overdue")
    person = Participant.objects.of(moderator)

    assert QueueRecords().export(person)["saved_views"][0]["name"] == "Late"
    QueueRecords().erase(person, blank_texts=False)

    assert not CaseAlert.objects.exists()
    assert not SavedView.objects.exists()
