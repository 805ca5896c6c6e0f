"""The pure rules: deadlines, who may decide, limits, shares."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution.claims import rules
from civic_sourcing.attribution.claims.rules import Bar, Outcome, Periods, Stage, Verdict

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
moments = st.integers(0, 10**15).map(lambda count: NOON + timedelta(microseconds=count))
days = st.integers(1, 400)
periods = st.builds(Periods, answer=days, decide=days, appeal=days)
stages = st.sampled_from(list(Stage))
gaps = st.timedeltas(timedelta(days=-500), timedelta(days=500))


@given(periods, stages, moments)
def test_every_open_stage_ends_and_no_other_does(periods, stage, since):
    due_at = periods.due_at(stage, since)

    assert (due_at is not None) == (stage in rules.OPEN)
    assert due_at is None or due_at > since


@given(stages, moments, gaps)
def test_what_is_decidable_stays_so_as_time_passes(stage, due_at, gap):
    before, after = due_at + gap, due_at + gap + timedelta(microseconds=1)

    assert rules.may_be_decided(stage, due_at, before) <= rules.may_be_decided(stage, due_at, after)


@given(stages, moments, gaps)
def test_what_can_no_longer_be_appealed_stays_so(stage, due_at, gap):
    before, after = due_at + gap, due_at + gap + timedelta(microseconds=1)

    assert rules.may_be_appealed(stage, due_at, after) <= rules.may_be_appealed(
        stage, due_at, before
    )


@given(stages, moments, gaps)
def test_a_claim_is_never_decidable_and_appealable_at_once(stage, due_at, gap):
    at = due_at + gap

    assert not (
        rules.may_be_decided(stage, due_at, at) and rules.may_be_appealed(stage, due_at, at)
    )


@given(moments)
def test_the_deadline_itself_is_too_late_to_appeal_and_late_enough_to_decide(due_at):
    just_before = due_at - timedelta(microseconds=1)

    assert not rules.may_be_appealed(Stage.DECIDED, due_at, due_at)
    assert rules.may_be_appealed(Stage.DECIDED, due_at, just_before)
    assert rules.may_be_decided(Stage.FILED, due_at, due_at)
    assert not rules.may_be_decided(Stage.FILED, due_at, just_before)


@pytest.mark.parametrize(
    ("person", "bar"),
    [
        pytest.param("claimant", Bar.PARTY, id="claimant"),
        pytest.param("author", Bar.PARTY, id="author"),
        pytest.param("moderator", Bar.MODERATED, id="who hid the text"),
        pytest.param("first", Bar.DECIDED_BEFORE, id="who decided first"),
        pytest.param("somebody", None, id="somebody else"),
    ],
)
def test_nobody_decides_what_concerns_them(person, bar):
    found = rules.bar_to_deciding(
        person,
        parties={"claimant", "author"},
        moderators={"moderator"},
        first_decider="first",
    )

    assert found == bar


REFUSED = (Outcome.REFUSED, "", None)
SHARED = (Outcome.SHARED, "", 5000)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        pytest.param(REFUSED, REFUSED, Verdict.UPHELD, id="refused twice"),
        pytest.param(SHARED, SHARED, Verdict.UPHELD, id="same share"),
        pytest.param(REFUSED, SHARED, Verdict.REVERSED, id="refused, then shared"),
        pytest.param(SHARED, REFUSED, Verdict.REVERSED, id="shared, then refused"),
        pytest.param(SHARED, (Outcome.SHARED, "", 2500), Verdict.CHANGED, id="less"),
        pytest.param(
            SHARED, (Outcome.TRANSFERRED, "", None), Verdict.CHANGED, id="all instead of half"
        ),
    ],
)
def test_an_appeal_upholds_reverses_or_changes(first, second, verdict):
    assert rules.verdict(first, second) == verdict


refusals = st.lists(moments, max_size=8)


@given(refusals, st.integers(1, 5), days)
def test_a_pause_begins_with_the_last_of_enough_refusals(refusals, limit, days):
    until = rules.paused_until(refusals, limit=limit, days=days)

    if until is None:
        latest = sorted(refusals)[-limit:]
        assert len(refusals) < limit or latest[-1] - latest[0] > timedelta(days=days)
    else:
        assert until == max(refusals) + timedelta(days=days)


def test_a_limit_of_nought_knows_no_pause():
    assert rules.paused_until([NOON] * 9, limit=0, days=10) is None


@given(st.lists(st.integers(0, 10_000), max_size=9), st.integers(1, 4), st.integers(1, 5000))
def test_no_window_ever_holds_more_claims_than_the_limit(seconds, count, window):
    filed = []
    for second in sorted(seconds):
        at = NOON + timedelta(seconds=second)
        if rules.next_claim_at(filed, at, count=count, seconds=window) is None:
            filed.append(at)

    for start in filed:
        within = [at for at in filed if timedelta(0) <= at - start < timedelta(seconds=window)]
        assert len(within) <= count


@given(st.lists(moments, min_size=1, max_size=8), st.integers(1, 4), st.integers(1, 10**7))
def test_the_time_named_is_the_first_that_is_free(filed, count, window):
    at = max(filed)

    free = rules.next_claim_at(filed, at, count=count, seconds=window)

    if free is not None:
        assert free > at
        assert rules.next_claim_at(filed, free, count=count, seconds=window) is None
        early = free - timedelta(microseconds=1)
        assert rules.next_claim_at(filed, early, count=count, seconds=window) is not None


weights = st.dictionaries(st.integers(1, 20), st.integers(0, 10_000), min_size=1, max_size=8)


@given(weights, st.integers(1, 9_900))
def test_shares_stay_whole_and_nobody_is_left_with_nothing(current, part):
    shares = rules.shares_with(current, "newcomer", part)

    assert sum(shares.values()) == rules.WHOLE
    assert shares["newcomer"] == part
    assert min(shares.values()) > 0


@given(weights, st.integers(1, 9_900))
def test_who_had_more_still_has_at_least_as_much(current, part):
    shares = rules.shares_with(current, "newcomer", part)

    ordered = sorted(current, key=lambda person: current[person])
    for less, more in pairwise(ordered):
        assert shares[less] <= shares[more] or current[less] == current[more]


def test_without_shares_so_far_the_rest_is_split_evenly():
    shares = rules.shares_with({"a": 0, "b": 0, "c": 0}, "d", 1_000)

    assert shares == {"a": 3000, "b": 3000, "c": 3000, "d": 1000}


@pytest.mark.parametrize("part", [0, -1, 10_000, 10_001])
def test_a_part_that_leaves_nothing_is_refused(part):
    with pytest.raises(ValueError, match="part must leave"):
        rules.shares_with({"a": 10_000}, "b", part)
