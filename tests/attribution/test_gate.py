"""What keepers of the gate can say, about something new and about an edit of it."""

import pytest
from django.db import transaction

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import HideContribution, ReleaseContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.audit import verify
from civic_sourcing.core.exceptions import ActionRefused
from tests.scenes import maker


@pytest.fixture
def keeper():
    """A keeper under the name “test” that says what the scene wants."""

    class Keeper:
        verdict = None

        def __call__(self, submission):
            self.asked = submission
            return self.verdict

    keeper = Keeper()
    gate.register_keeper("test", keeper)
    yield keeper
    gate.unregister_keeper("test")


@maker
def revise(notes):
    def write(contribution, title, text="By the river."):
        with transaction.atomic():
            row = Contribution.objects.select_for_update().get(pk=contribution.pk)
            notes.board[row.pk] = (title, text)
            ledger.revise(row, title=title, text=text)
        return row

    return write


def faults():
    return [finding.code for report in verify() for finding in report.findings]


def test_what_is_marked_is_published_and_the_keeper_learns_of_the_row(keeper, receive):
    followed = []
    keeper.verdict = gate.Mark("odd", then=followed.append)

    contribution = receive()

    assert contribution.state == State.PUBLISHED
    assert followed == [contribution]


def test_what_is_held_is_followed_up_in_the_same_transaction(keeper, receive):
    keeper.verdict = gate.Hold("odd", "Wait.", then=fail)

    with pytest.raises(RuntimeError):
        receive()

    assert not Contribution.objects.exists()


def fail(contribution):
    raise RuntimeError


def test_edit_the_gate_lets_through_is_the_next_version(keeper, contribution, revise):
    row = revise(contribution, "Two benches")

    assert [version.title for version in row.versions.order_by("number")] == [
        "A bench",
        "Two benches",
    ]
    assert row.title == "Two benches"
    assert keeper.asked.contribution == contribution
    assert not faults()


def test_edit_the_gate_holds_takes_the_contribution_out_of_sight(
    keeper, contribution, revise, notes
):
    keeper.verdict = gate.Hold("odd", "Wait.")

    row = revise(contribution, "Two benches")

    assert (row.state, row.held_by, row.waits_for) == (State.HELD, "test", ["Wait."])
    assert contribution.pk not in notes.shown
    assert row.versions.count() == 1
    assert not faults()


def test_released_edit_is_published_as_its_author_wrote_it(keeper, contribution, revise, notes):
    keeper.verdict = gate.Hold("odd", "Wait.")
    revise(contribution, "Two benches")

    ReleaseContribution(contribution, by=None, keeper="test").execute()

    assert contribution.versions.get(number=2).title == "Two benches"
    assert contribution.pk in notes.shown
    assert not faults()


def test_edit_of_what_waits_does_not_let_it_through(keeper, receive, revise):
    keeper.verdict = gate.Hold("odd", "Wait.")
    contribution = receive()
    keeper.verdict = None

    row = revise(contribution, "Two benches")

    assert (row.state, row.held_by) == (State.HELD, "test")
    assert not row.versions.exists()


def test_edit_the_gate_refuses_changes_nothing(keeper, contribution, revise):
    keeper.verdict = gate.Refuse("spam", "Not like this.")

    with pytest.raises(ActionRefused, match="Not like this"):
        revise(contribution, "Two benches")

    assert contribution.versions.get().title == "A bench"


def test_keeper_is_passed_by_for_a_while_and_asked_again(keeper, receive):
    keeper.verdict = gate.Hold("odd", "Wait.")

    with gate.without_keeper("test"):
        passed = receive()
    held = receive()

    assert (passed.state, held.state) == (State.PUBLISHED, State.HELD)


def test_hidden_text_is_not_edited(contribution, revise):
    HideContribution(contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        revise(contribution, "Two benches")

    assert refused.value.code == "is-hidden"


def test_rooms_forget_what_they_made_of_a_text_when_it_is_blanked(contribution, monkeypatch):
    forgotten = []
    monkeypatch.setattr(gate, "_forgetters", [forgotten.append])

    with transaction.atomic():
        ledger.blank(contribution)

    assert forgotten == [contribution]
