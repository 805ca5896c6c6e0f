"""Handing in, replacing and taking back, until the second of the deadline."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.challenges.actions.entries import SubmitEntry, WithdrawEntry
from civic_sourcing.challenges.entering.documents import digest_of, receipt_of
from civic_sourcing.challenges.entering.verification import verify_entries
from civic_sourcing.challenges.models import Entry, Submission
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused

from .conftest import SAID

SECOND = timedelta(seconds=1)


def test_receipt_is_made_of_what_was_handed_in(handed_in):
    submission = handed_in.submissions.get()

    assert handed_in.receipt == receipt_of(submission.digest)
    assert submission.digest == digest_of(submission.document, salt=submission.salt)
    assert list(verify_entries(Verification())) == []


def test_replacing_leaves_the_fingerprint_and_nothing_else_of_what_was_there(
    handed_in, hand_in, solver
):
    hand_in(handed_in, solver, title="Second thought")

    first, second = handed_in.submissions.order_by("number")
    assert (first.document, first.salt, bool(first.digest)) == ({}, "", True)
    assert second.document["title"] == Entry.objects.get().title == "Second thought"


def test_in_time_until_the_last_second(draft, solver, set_clock):
    set_clock(draft.round.closes_at - SECOND)

    SubmitEntry(draft, by=solver, words=SAID).execute()

    assert Submission.objects.count() == 1


@pytest.mark.parametrize("late", [0 * SECOND, SECOND], ids=["the moment itself", "a second after"])
def test_too_late_from_the_moment_of_the_deadline_on(draft, solver, set_clock, late):
    set_clock(draft.round.closes_at + late)

    with pytest.raises(ActionRefused) as error:
        SubmitEntry(draft, by=solver, words=SAID).execute()

    assert error.value.code == "closed"
    assert not Submission.objects.exists()


def test_database_takes_nothing_after_the_deadline_whoever_writes(handed_in):
    late = handed_in.round.closes_at

    with pytest.raises(IntegrityError, match="between the opening"), transaction.atomic():
        Submission.objects.create(
            entry=handed_in, round=handed_in.round, number=2, digest="0" * 64, at=late
        )


def test_what_was_changed_behind_the_back_is_found(handed_in):
    Entry.objects.update(handed_in={**handed_in.handed_in, "title": "Somebody else’s"})

    codes = [finding.code for finding in verify_entries(Verification())]

    assert codes == ["entry-replaced"]


def test_only_the_captain_hands_in(draft, rival):
    with pytest.raises(ActionForbidden):
        SubmitEntry(draft, by=rival, words=SAID).execute()


def test_taking_it_back_erases_it_at_once(handed_in, solver):
    WithdrawEntry(handed_in, by=solver).execute()

    entry = Entry.objects.get()
    assert (entry.state, entry.words, entry.handed_in, entry.title) == ("withdrawn", {}, {}, "")
    assert Submission.objects.get().document == {}
    assert not Contribution.objects.exists()


def test_opened_after_the_deadline_in_the_order_of_handing_in(
    begin, hand_in, solver, rival, after_deadline, set_clock
):
    second, first = begin(solver), begin(rival)
    hand_in(first, rival, title="First")
    hand_in(second, solver, title="Second")

    after_deadline(first, set_clock)

    opened = Entry.objects.order_by("number")
    assert [entry.title for entry in opened] == ["First", "Second"]
    assert [entry.contribution.sequence for entry in opened] == [1, 2]
    assert {entry.contribution.state for entry in opened} == {"held"}
    assert list(Entry.objects.to_judge().order_by("number")) == list(opened)
    call_command("civic_verify", verbosity=0)
