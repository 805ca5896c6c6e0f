import pytest
from django.utils.translation import override

from civic_sourcing.core.exceptions import (
    ActionForbidden,
    ActionRefused,
    IdempotencyConflict,
    RateLimited,
)


def test_a_refusal_carries_sentence_and_code():
    refused = ActionRefused("“%(idea)s” is closed.", code="closed", idea="Bench")

    assert (str(refused), refused.code, refused.context) == (
        "“Bench” is closed.",
        "closed",
        {"idea": "Bench"},
    )


def test_a_sentence_without_context_is_taken_as_it_stands():
    assert str(ActionRefused("50 % are missing.", code="quorum")) == "50 % are missing."


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (ActionForbidden(), "forbidden"),
        (IdempotencyConflict(), "idempotency-conflict"),
        (RateLimited(retry_after=5), "rate-limited"),
    ],
    ids=lambda value: getattr(type(value), "__name__", value),
)
def test_each_refusal_has_its_code_and_a_whole_sentence(refused, code):
    assert isinstance(refused, ActionRefused)
    assert refused.code == code
    assert str(refused).endswith(".")


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 second."), (30, "30 seconds.")])
def test_a_rate_limit_says_when_to_come_back(seconds, words):
    limited = RateLimited(retry_after=seconds)

    with override("en"):
        assert str(limited).endswith(words)
    assert limited.retry_after == seconds


def test_a_rate_limit_may_say_it_in_its_own_words():
    assert str(RateLimited("Later, please.", retry_after=3)) == "Later, please."
