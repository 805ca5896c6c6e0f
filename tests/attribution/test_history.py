"""Everything that happened to a contribution, as its page tells it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic_sourcing.attribution.history import (
    HistoryEvent,
    forget_history,
    history_of,
    register_history,
)
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.core import clock


@pytest.fixture
def derived(receive):
    """One note merged into another."""
    source, target = receive("A bench"), receive("Benches everywhere")
    Derivation.objects.create(
        source=source, target=target, kind=DerivationKind.MERGES, at=clock.now()
    )
    return source, target


@pytest.fixture
def tell(request):
    """Register a room that knows of one event at a time relative to the filing."""

    def register(code, after):
        def teller(contribution):
            return [HistoryEvent(contribution.received_at + after, code, code)]

        register_history(teller)
        request.addfinalizer(lambda: forget_history(teller))

    return register


def test_history_begins_with_the_filing(contribution):
    assert [event.code for event in history_of(contribution)] == ["filed"]


def test_events_of_all_rooms_stand_in_the_order_of_time(contribution, tell):
    tell("later", timedelta(days=2))
    tell("sooner", timedelta(days=1))

    codes = [event.code for event in history_of(contribution)]

    assert codes == ["filed", "sooner", "later"]


def test_a_teller_registered_twice_tells_once(contribution, request):
    def teller(contribution):
        return [HistoryEvent(contribution.received_at, "once", "Once")]

    register_history(teller)
    register_history(teller)
    request.addfinalizer(lambda: forget_history(teller))

    assert [event.code for event in history_of(contribution)] == ["filed", "once"]


def test_source_tells_what_it_was_merged_into(derived):
    source, target = derived

    event = history_of(source)[-1]

    assert (event.code, str(event.sentence)) == ("merges", "Merged into “Benches everywhere”")
    assert event.url == f"/notes/{target.uuid}/"


def test_result_tells_what_it_was_made_of(derived):
    _source, target = derived

    assert str(history_of(target)[-1].sentence) == "Made of “A bench”"


def test_what_is_not_public_is_not_named(derived, notes):
    source, target = derived
    notes.shown.discard(target.pk)

    event = history_of(source)[-1]

    assert str(event.sentence) == "Merged into another text"
    assert str(target.uuid) not in event.url


def split(receive, source, number):
    for each in range(number):
        target = receive(f"Bench {each}")
        Derivation.objects.create(
            source=source, target=target, kind=DerivationKind.SPLITS, at=clock.now()
        )


def test_history_takes_the_same_queries_for_many_results(receive):
    one, many = receive("A bench"), receive("A bench for two")
    split(receive, one, 1)
    split(receive, many, 5)

    with CaptureQueriesContext(connection) as few:
        history_of(one)
    with CaptureQueriesContext(connection) as more:
        assert len(history_of(many)) == 6

    assert len(more) == len(few)


def test_who_tells_of_results_is_asked_only_where_there_are_some(receive, derived, request):
    def teller(contribution):
        return [HistoryEvent(contribution.received_at, "result", "Something came of it")]

    register_history(teller, results_or=("project",))
    request.addfinalizer(lambda: forget_history(teller))
    source, target = derived

    assert "result" in [event.code for event in history_of(source)]
    assert "result" not in [event.code for event in history_of(target)]
