"""Helpful or not: once per person, not one's own, and ordered by how sure one can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.comments.actions import RateComment
from civic_sourcing.comments.models import Comment, CommentVote
from civic_sourcing.comments.ratings import rating
from civic_sourcing.core.exceptions import ActionRefused

votes = st.integers(0, 5000)


@given(helpful=votes, not_helpful=votes)
def test_rating_is_the_lower_end_of_wilsons_interval(helpful, not_helpful):
    number = helpful + not_helpful
    expected = 0.0
    if helpful:
        z, share = 1.96, helpful / number
        spread = z * (share * (1 - share) / number + z * z / 4 / number**2) ** 0.5
        expected = (share + z * z / 2 / number - spread) / (1 + z * z / number)

    assert rating(helpful, not_helpful) == pytest.approx(expected * 1_000_000, abs=2)


@given(helpful=votes, not_helpful=votes)
def test_one_more_who_finds_it_helpful_never_lowers_a_rating(helpful, not_helpful):
    assert rating(helpful + 1, not_helpful) >= rating(helpful, not_helpful)
    assert rating(helpful, not_helpful + 1) <= rating(helpful, not_helpful)


def test_many_who_agree_stand_above_one():
    assert rating(95, 5) > rating(1, 0) > rating(0, 0) == rating(0, 100)


def test_votes_below_zero_are_a_mistake():
    with pytest.raises(ValueError, match="negative"):
        rating(-1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "counted"),
    [([1], (1, 0)), ([-1], (0, 1)), ([1, 1], (1, 0)), ([1, -1], (0, 1)), ([-1, 0], (0, 0))],
    ids=["up", "down", "twice", "changed", "taken back"],
)
def test_one_person_has_one_rating(comment, neighbour, values, counted):
    for value in values:
        RateComment(comment, by=neighbour, value=value).execute()

    rated = Comment.objects.get(pk=comment.pk)
    assert (rated.helpful, rated.not_helpful) == counted
    assert rated.rating == rating(*counted)
    assert CommentVote.objects.count() == sum(counted)


@pytest.mark.django_db
def test_nobody_rates_what_they_wrote(comment, citizen):
    with pytest.raises(ActionRefused) as refused:
        RateComment(comment, by=citizen, value=1).execute()

    assert refused.value.code == "own-comment"


@pytest.mark.django_db
def test_nobody_rates_what_nobody_reads(comment, neighbour):
    HideContribution(comment.contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        RateComment(comment, by=neighbour, value=1).execute()

    assert refused.value.code == "not-readable"


@pytest.mark.django_db
def test_a_rating_is_one_up_or_one_down(comment, neighbour):
    with pytest.raises(ActionRefused) as refused:
        RateComment(comment, by=neighbour, value=5).execute()

    assert refused.value.code == "unknown-rating"
