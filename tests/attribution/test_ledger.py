"""What is received gets its number, its time, its fingerprint; two at once come in order."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import (
    Contribution,
    ContributionVersion,
    LedgerChain,
    State,
)
from civic_sourcing.attribution.signals import version_published
from civic_sourcing.core.audit import GENESIS, verify
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from tests.racing import Gathering, wait_until_somebody_waits


def faults():
    return [(finding.code, finding.sequence) for report in verify() for finding in report.findings]


def test_first_contribution_is_published_as_number_one(contribution):
    version = contribution.versions.get()

    assert (contribution.sequence, contribution.state) == (1, State.PUBLISHED)
    assert (version.number, version.position, version.title) == (1, 1, "A bench")
    assert version.previous == GENESIS
    assert len(version.fingerprint) == 64


def test_next_version_follows_in_number_and_chain(receive, contribution):
    other = receive("A lamp")

    second = ledger.publish_version(contribution, title="Two benches", text="By the river.")

    assert (second.number, second.position) == (2, 3)
    assert second.previous == other.versions.get().fingerprint
    assert not faults()


def test_numbers_and_chains_are_each_processs_own(receive, contribution):
    elsewhere = Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")

    other = receive(process=elsewhere)

    assert other.sequence == 1
    assert other.versions.get().previous == GENESIS


def test_of_two_equal_texts_the_first_received_keeps_priority(receive, make_person):
    first, second = receive(by=make_person("first")), receive(by=make_person("second"))

    assert first.sequence < second.sequence
    assert first.received_at < second.received_at
    assert first.versions.get().fingerprint != second.versions.get().fingerprint
    assert list(Contribution.objects.in_order()) == [first, second]


def test_refused_contribution_leaves_no_number_behind(receive, process):
    from civic_sourcing.attribution import gate

    gate.register_keeper("test", refuse)
    try:
        with pytest.raises(ActionRefused, match="Not like this"):
            receive()
    finally:
        gate.unregister_keeper("test")

    assert receive().sequence == 1


def refuse(submission):
    from civic_sourcing.attribution import gate

    return gate.Refuse("no", "Not like this.")


def test_news_of_a_version_is_sent_after_commit(receive, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, version, contribution, **kwargs):
        heard.append((version.number, contribution.title))

    version_published.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            receive()
    finally:
        version_published.disconnect(listen)

    assert heard == [(1, "A bench")]


def test_blanked_texts_are_gone_and_the_chain_verifies(receive, contribution):
    receive("A lamp")
    before = contribution.versions.get().fingerprint

    ledger.blank(contribution)

    version = contribution.versions.get()
    assert (version.title, version.text, version.salt) == ("", "", "")
    assert version.is_blanked
    assert version.fingerprint == before
    assert not faults()


def test_moved_contribution_takes_the_next_number_there(receive, contribution, notes):
    elsewhere = Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")
    receive(process=elsewhere)
    notes.move = lambda contribution, process: None

    ledger.move(contribution, elsewhere)

    assert contribution.sequence == 2
    assert not faults()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_numbered_without_gaps_and_chained(receive, make_person, run_in_parallel):
    people = [make_person(f"person{number}") for number in range(50)]

    rows = run_in_parallel(50, lambda number: receive(f"Note {number}", by=people[number]))

    assert sorted(row.sequence for row in rows) == list(range(1, 51))
    times = Contribution.objects.order_by("sequence").values_list("received_at", flat=True)
    assert list(times) == sorted(times)
    assert LedgerChain.objects.get().length == 50
    assert not faults()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_some_of_fifty_are_lost(
    receive, make_person, run_in_parallel, monkeypatch
):
    people = [make_person(f"person{number}") for number in range(20)]
    receive()
    gathering = Gathering(20)

    def unlocked_chain(process):
        chain = LedgerChain.objects.get(process=process)
        gathering.wait()
        return chain

    monkeypatch.setattr(ledger, "locked_chain", unlocked_chain)

    answers = run_in_parallel(20, lambda number: receive(f"Note {number}", by=people[number]))

    assert any(isinstance(answer, Exception) for answer in answers)


@pytest.fixture
def leave_while_filing(receive, author, run_in_parallel):
    """File a note and erase its author before the note is committed; return both outcomes."""
    person = Participant.objects.of(author)
    filed, left = threading.Event(), threading.Event()

    def file_slowly():
        with transaction.atomic():
            row = receive("Zephyrine's bench", by=author)
            filed.set()
            wait_until_somebody_waits(unless=left)
        return row

    def leave():
        filed.wait(30)
        erased = EraseParticipant(person, by=author, blank_texts=True).execute()
        left.set()
        return erased

    return lambda: run_in_parallel(2, lambda number: (file_slowly, leave)[number]())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_text_filed_in_the_moment_its_author_leaves_is_emptied_too(leave_while_filing):
    row, person = leave_while_filing()

    assert person.erased_at
    assert Contribution.objects.get(pk=row.pk).title == ""
    assert row.versions.get().title == ""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_the_authors_lock_the_text_stays(leave_while_filing, monkeypatch):
    monkeypatch.setattr(ledger, "keep_from_leaving", lambda author: None)

    row, person = leave_while_filing()

    assert person.erased_at
    assert row.versions.get().title == "Zephyrine's bench"


def test_who_has_left_files_nothing_any_more(receive, author):
    person = Participant.objects.of(author)
    EraseParticipant(person, by=author, blank_texts=True, keep_account=True).execute()

    with pytest.raises(ActionRefused, match="deleted"):
        ledger.keep_from_leaving(person)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"title": "Another"}, "changed", id="title"),
        pytest.param({"text": "Another."}, "changed", id="text"),
        pytest.param({"text_digest": "0" * 64}, "changed", id="digest"),
        pytest.param({"author": uuid.UUID(int=1)}, "changed", id="author"),
        pytest.param({"number": 7}, "changed", id="number"),
        pytest.param({"previous": "f" * 64}, "changed", id="link"),
        pytest.param({"salt": "ab" * 32}, "changed", id="salt"),
    ],
)
def test_verification_finds_a_changed_version(receive, notes, without_triggers, change, code):
    for number in range(3):
        receive(f"Note {number}")

    ContributionVersion.objects.filter(position=2).update(**change)

    assert faults() == [(code, 2)]


def test_verification_finds_missing_versions(receive, without_triggers):
    for number in range(4):
        receive(f"Note {number}")

    ContributionVersion.objects.filter(position=2)._raw_delete("default")
    ContributionVersion.objects.filter(position=4)._raw_delete("default")

    assert faults()[:2] == [("missing", 2), ("missing", 4)]


def test_verification_finds_a_head_that_was_moved_back(receive, without_triggers):
    for number in range(3):
        receive(f"Note {number}")
    second = ContributionVersion.objects.get(position=2)

    LedgerChain.objects.update(length=2, head=second.fingerprint)

    assert ("beyond", 3) in faults()


def test_verification_finds_content_that_can_be_seen_though_it_is_hidden(contribution, notes):
    Contribution.objects.filter(pk=contribution.pk).update(state=State.HIDDEN)

    assert faults() == [("state", 1)]


def test_verification_finds_missing_content(contribution, notes):
    notes.board.clear()

    assert ("content", 1) in faults()


def test_verification_finds_a_public_row_without_a_version(receive, without_triggers):
    row = receive()
    ContributionVersion.objects.all()._raw_delete("default")
    LedgerChain.objects.update(length=0, head=GENESIS)

    assert ("unpublished", row.sequence) in faults()


def test_verification_finds_content_without_a_row(notes, db):
    notes.strays = lambda: ["note 5"]

    assert faults() == [("stray", None)]


@pytest.fixture
def without_triggers(db):
    """Somebody with the database's own powers."""
    from civic_sourcing.core import triggers
    from civic_sourcing.core.audit import verification

    triggers.lift()
    found = verification._verifiers.pop("triggers", None)
    yield
    if found:
        verification._verifiers["triggers"] = found


def test_participants_number_is_what_the_fingerprint_knows(contribution, author):
    assert contribution.versions.get().author == Participant.objects.of(author).uuid


def test_receiving_costs_few_queries(receive, django_assert_max_num_queries):
    receive()

    with django_assert_max_num_queries(26), transaction.atomic():
        receive("A lamp")

    assert connection.vendor
