"""Once a challenge has opened, what people enter under stays, by whatever door."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from civic_sourcing.challenges.actions import FreezeChallenge, LengthenRound, RaisePrize
from civic_sourcing.challenges.actions.entries import BeginEntry
from civic_sourcing.challenges.actions.review import NoteApproval
from civic_sourcing.challenges.freezing import is_frozen
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Change,
    Criterion,
    CrowdVote,
    Prize,
    Round,
)
from civic_sourcing.core.audit import AuditEntry, verify
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.rules import PhaseRule
from tests.challenges.conftest import DAY
from tests.challenges.contests import add_judge

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def facts_of(page):
    return ChallengeFacts.objects.filter(process=page.process)


def rounds_of(page):
    return Round.objects.filter(process=page.process)


def prizes_of(page):
    return Prize.objects.filter(process=page.process)


def criteria_of(page):
    return Criterion.objects.filter(round__process=page.process)


DOORS = {
    "another criterion": lambda page: Criterion.objects.create(
        round=rounds_of(page).get(), titles={"en": "Late"}, points=1
    ),
    "other points": lambda page: criteria_of(page).filter(points=20).update(points=30),
    "another weight": lambda page: criteria_of(page).update(weight=2),
    "a criterion less": lambda page: criteria_of(page).first().delete(),
    "another prize": lambda page: Prize.objects.create(process=page.process, amount=1),
    "a smaller prize": lambda page: prizes_of(page).filter(place=1).update(amount=99_000),
    "a silent raise": lambda page: prizes_of(page).filter(place=1).update(amount=900_000),
    "more winners": lambda page: prizes_of(page).update(winners=9),
    "a prize less": lambda page: prizes_of(page).filter(place=1).delete(),
    "a later deadline": lambda page: rounds_of(page).update(closes_at=timezone.now() + WEEK),
    "an earlier deadline": lambda page: rounds_of(page).update(
        closes_at=F("closes_at") - timedelta(hours=1)
    ),
    "an earlier opening": lambda page: rounds_of(page).update(opens_at=timezone.now() - WEEK),
    "no end of judging": lambda page: rounds_of(page).update(judging_until=None),
    "a round less": lambda page: rounds_of(page).delete(),
    "another rule for ties": lambda page: facts_of(page).update(tie="earlier"),
    "no seal": lambda page: facts_of(page).update(sealed=False),
    "a public vote": lambda page: CrowdVote.objects.create(
        round=rounds_of(page).first(), kind="public"
    ),
    "a public share": lambda page: facts_of(page).update(public_percent=50),
    "a way round": lambda page: facts_of(page).update(imported_id=1),
    "less money": lambda page: facts_of(page).update(prize_total=1),
    "another condition": lambda page: EligibilityRule.objects.create(process=page.process),
    "a draft again": lambda page: facts_of(page).update(state="draft"),
}


def is_kept(page, change):
    """Whether the database refuses ``change``; nothing of it stays."""
    try:
        with transaction.atomic():
            change(page)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("door", DOORS)
def test_the_database_keeps_an_open_challenge(challenge, door):
    assert is_kept(challenge, DOORS[door])


@pytest.mark.parametrize(
    ("state", "opens"), [("draft", -DAY), ("approved", -DAY), ("published", DAY)]
)
def test_before_the_opening_everything_may_change(make_challenge, state, opens):
    page = make_challenge(rounds=((opens, 3 * DAY, 8 * DAY),), state=state)

    assert [door for door, change in DOORS.items() if is_kept(page, change)] == []


def test_what_was_imported_is_a_record_and_not_frozen(make_challenge):
    page = make_challenge(imported_id=1141)

    assert not is_kept(page, DOORS["other points"])
    assert not is_frozen(page.process)


def test_texts_of_an_open_challenge_may_be_mended(challenge):
    rounds_of(challenge).update(titles={"en": "Your ideas"})
    facts_of(challenge).update(contact="Room 3")
    challenge.problem = "<p>The school yard is far too hot in summer.</p>"
    challenge.save_revision().publish()

    assert rounds_of(challenge).get().title == "Your ideas"


def test_a_deadline_is_put_off_with_a_public_reason(challenge, manager):
    before = rounds_of(challenge).get()

    LengthenRound(
        before, by=manager, closes_at=before.closes_at + WEEK, reason="The yard was closed."
    ).execute()

    after = rounds_of(challenge).get()
    assert after.closes_at == before.closes_at + WEEK
    assert after.judging_until == before.judging_until + WEEK
    assert set(Change.objects.values_list("what", "reason")) == {
        (f"closes_at:{before.pk}", "The yard was closed."),
        (f"judging_until:{before.pk}", "The yard was closed."),
    }
    assert challenge.process.phases.get(kind="entering").closes_at == after.closes_at


def test_later_rounds_are_put_off_with_it(make_challenge, manager):
    page = make_challenge(rounds=((-DAY, DAY, 2 * DAY), (3 * DAY, 5 * DAY, 6 * DAY)))
    first, second = rounds_of(page)

    LengthenRound(first, by=manager, closes_at=first.closes_at + WEEK, reason="Rain.").execute()

    moved = rounds_of(page).get(number=2)
    assert moved.opens_at == second.opens_at + WEEK
    assert moved.judging_until == second.judging_until + WEEK


@pytest.mark.parametrize(
    ("by", "reason", "code"),
    [(-DAY, "Because.", "not-longer"), (DAY, " ", "no-reason"), (None, "Because.", "not-longer")],
)
def test_a_date_is_only_put_off(challenge, manager, by, reason, code):
    row = rounds_of(challenge).get()
    closes_at = row.closes_at + by if by else None

    with pytest.raises(ActionRefused) as refused:
        LengthenRound(row, by=manager, closes_at=closes_at, reason=reason).execute()

    assert refused.value.code == code


def test_entries_that_were_closed_are_not_opened_again(challenge, manager, set_clock):
    row = rounds_of(challenge).get()
    set_clock(row.closes_at)

    with pytest.raises(ActionRefused) as refused:
        LengthenRound(row, by=manager, closes_at=row.closes_at + DAY, reason="Late.").execute()

    assert refused.value.code == "over"


def test_no_prize_is_raised_above_a_limit_nobody_has_approved(challenge, manager, steward):
    prize = prizes_of(challenge).get(place=1)
    step = {"amount": 110_000_00, "reason": "A sponsor joined."}

    with pytest.raises(ActionRefused) as refused:
        RaisePrize(prize, by=manager, **step).execute()
    today = timezone.localdate()
    NoteApproval(
        challenge.process, by=steward, limit=100_000_00, approver="Kim", office="Mayor",
        approved_on=today,
    ).execute()  # fmt: skip
    RaisePrize(prize, by=manager, **step).execute()

    assert refused.value.code == "approval"
    assert prizes_of(challenge).get(place=1).amount == 110_000_00


def test_a_prize_is_raised_with_a_public_reason(challenge, manager):
    prize = prizes_of(challenge).get(place=1)

    RaisePrize(prize, by=manager, amount=150_000, reason="A sponsor joined.").execute()

    assert prizes_of(challenge).get(place=1).amount == 150_000
    assert facts_of(challenge).get().prize_total == 650_000
    assert Change.objects.get().reason == "A sponsor joined."


def test_who_takes_part_and_who_judges_is_told_why(
    challenge, manager, citizen, neighbour, django_capture_on_commit_callbacks
):
    BeginEntry(challenge.process, by=citizen).execute()
    row = rounds_of(challenge).get()
    add_judge(row, neighbour)

    with django_capture_on_commit_callbacks(execute=True):
        LengthenRound(row, by=manager, closes_at=row.closes_at + DAY, reason="Rain.").execute()

    told = Notification.objects.filter(category="civic_challenges.news")
    assert {news.user for news in told} == {citizen, neighbour}
    assert all("Rain." in news.body and challenge.title in news.subject for news in told)


def test_a_prize_is_not_lowered(challenge, manager):
    prize = prizes_of(challenge).get(place=1)

    with pytest.raises(ActionRefused) as refused:
        RaisePrize(prize, by=manager, amount=99_999, reason="Cuts.").execute()

    assert refused.value.code == "not-more"


@pytest.mark.parametrize("role", ["citizen", "editor"])
def test_only_those_who_look_after_challenges_change_them(challenge, role, request):
    user, row = request.getfixturevalue(role), rounds_of(challenge).get()

    with pytest.raises(ActionForbidden):
        LengthenRound(row, by=user, closes_at=row.closes_at + DAY, reason="So.").execute()


def test_the_tick_marks_what_has_opened_with_its_fingerprint(challenge):
    call_command("civic_tick", verbosity=0)

    assert facts_of(challenge).get().frozen_at is not None
    entry = AuditEntry.objects.get(action=FreezeChallenge.name())
    assert len(entry.details["criteria"]) == 64
    assert is_kept(challenge, lambda page: facts_of(page).update(frozen_at=None))


def test_verification_finds_criteria_changed_behind_the_guards(challenge):
    FreezeChallenge(challenge.process, by=None).execute()
    sound = verification_of_challenges()
    from civic_sourcing.core import triggers

    triggers.lift()
    criteria_of(challenge).update(points=1)

    assert sound == []
    assert verification_of_challenges() == ["rules-changed"]


def verification_of_challenges():
    report = next(each for each in verify() if each.name == "challenges")
    return [finding.code for finding in report.findings]


def test_nobody_types_the_phases_of_a_challenge(challenge, administrator):
    later = timezone.now() + WEEK

    with pytest.raises(ActionRefused) as refused:
        SetRules(
            challenge.process, by=administrator, phases=[PhaseRule("entering", later)]
        ).execute()

    assert refused.value.code == "phases-follow"
