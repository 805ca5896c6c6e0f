"""Putting back what was removed: state, place and words as they were."""

import pytest

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import (
    HideContribution,
    ReinstateContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)
from civic_sourcing.attribution.models import State
from civic_sourcing.attribution.reading import before_reading, register_before_reading
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused

from .test_states import put

WORDS = {"title": "A bench", "text": "By the river."}


@pytest.fixture
def masks(notes, monkeypatch):
    """Let notes be masked, as kinds with a text can be."""

    def mask(row, title, text):
        notes.board[row.pk] = (title, text)

    monkeypatch.setattr(notes, "mask", mask, raising=False)


@pytest.mark.parametrize("before", ["published", "withdrawn"])
def test_what_was_removed_is_again_what_it_was(contribution, before):
    put(contribution, before)
    row = RemoveContribution(contribution, by=None).execute()

    row = ReinstateContribution(row, by=None).execute()

    assert (row.state, row.hidden_from) == (before, "")


def test_what_was_hidden_and_then_removed_can_stay_hidden(contribution, notes):
    row = HideContribution(contribution, by=None).execute()
    row = RemoveContribution(row, by=None).execute()

    row = ReinstateContribution(row, by=None, hidden=True).execute()

    assert (row.state, row.pk in notes.shown) == (State.HIDDEN, False)
    assert RestoreContribution(row, by=None).execute().state == State.PUBLISHED


def test_what_was_removed_while_it_waited_is_published(receive, notes):
    gate.register_keeper("test", lambda submission: gate.Hold("look", "Wait."))
    row = receive()
    gate.unregister_keeper("test")
    row = RemoveContribution(row, by=None).execute()

    row = ReinstateContribution(row, by=None).execute()

    assert (row.state, row.versions.get().text) == (State.PUBLISHED, "By the river.")
    assert row.pk in notes.shown


def test_what_still_waits_for_a_guardian_goes_on_waiting(receive, notes):
    gate.register_keeper("alone", lambda row: gate.Hold("look", "Wait."), releases_alone=True)
    row = RemoveContribution(receive(), by=None).execute()

    row = ReinstateContribution(row, by=None).execute()
    gate.unregister_keeper("alone")

    assert (row.state, row.held_by) == (State.HELD, "alone")
    assert row.pk not in notes.shown


def test_what_its_author_took_back_does_not_return(receive, author):
    gate.register_keeper("test", lambda submission: gate.Hold("look", "Wait."))
    row = receive()
    gate.unregister_keeper("test")
    row = WithdrawContribution(row, by=author).execute()

    with pytest.raises(ActionRefused) as refused:
        ReinstateContribution(row, by=None).execute()

    assert refused.value.code == "gone"


def test_what_was_erased_does_not_return(contribution):
    row = RemoveContribution(contribution, by=None).execute()
    ledger.blank(row)

    with pytest.raises(ActionRefused) as refused:
        ReinstateContribution(row, by=None).execute()

    assert refused.value.code == "gone"


@pytest.mark.parametrize(
    ("away", "back"),
    [
        pytest.param(RemoveContribution, ReinstateContribution, id="removed"),
        pytest.param(HideContribution, RestoreContribution, id="hidden"),
    ],
)
def test_words_that_were_taken_are_nowhere_until_they_come_back(
    contribution, notes, masks, away, back
):
    row = away(contribution, by=None).execute()
    ledger.take_words(row, title="***", text="***")
    assert notes.board[row.pk] == ("***", "***")
    assert [version.text for version in row.versions.all()] == [""]

    row = back(row, by=None, **WORDS).execute()

    assert (row.title, notes.board[row.pk]) == ("A bench", ("A bench", "By the river."))
    assert row.versions.order_by("-number").first().text == "By the river."
    assert row.pk in notes.shown


def test_a_mask_over_what_waits_publishes_nothing(contribution, masks):
    put(contribution, "held")

    ledger.mask(contribution, title="A bench", text="***")

    assert [version.text for version in contribution.versions.all()] == [""]


def test_coming_back_it_has_its_number_again(contribution, receive, process, notes, monkeypatch):
    monkeypatch.setattr(notes, "move", lambda row, process: None, raising=False)
    other = type(process).objects.create(translation_key=contribution.uuid, kind="ideas")
    number = contribution.sequence

    ledger.move(contribution, other)
    receive("Another one")
    ledger.move(contribution, process, sequence=number)

    contribution.refresh_from_db()
    assert (contribution.process, contribution.sequence) == (process, number)


def test_only_moderators_put_back(contribution, author):
    row = RemoveContribution(contribution, by=None).execute()

    with pytest.raises(ActionForbidden):
        ReinstateContribution(row, by=author).execute()


def test_rooms_above_are_asked_before_a_place_is_read(process):
    asked = []
    register_before_reading(asked.append)

    before_reading(process)
    before_reading(None)

    from civic_sourcing.attribution import reading

    reading._before.remove(asked.append)
    assert asked == [process]
