"""Voters of a file are told apart, whatever they are called and however far apart they stand."""

import pytest

from civic_sourcing.budgets.counting import read_pabulib

from .elections import stream
from .test_reading import FILE, refusal_of


def with_voters(names: list[str]) -> bytes:
    rows = "".join(f"{name};a\n" for name in names)
    head = FILE.partition("1;a\n")[0].replace("num_votes;3", f"num_votes;{len(names)}")
    return (head + rows).encode()


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["1", "2", "10", "9"], id="a number smaller than the one before"),
        pytest.param(["7", "6", "5"], id="falling numbers"),
        pytest.param(["1", "v2", "3"], id="a name among numbers"),
        pytest.param(["01", "1"], id="a nought in front"),
        pytest.param(["-2", "-1", "0"], id="below nought"),
        pytest.param(["b", "a"], id="names"),
    ],
)
def test_voters_are_told_apart_whatever_they_are_called(names):
    far_apart = [*map(str, range(100, 3000)), *names] if names[0] == "1" else names

    assert read_pabulib(stream(with_voters(names))).ballot_count == len(names)
    assert read_pabulib(stream(with_voters(far_apart))).ballot_count == len(far_apart)


@pytest.mark.parametrize("first", [1, 5, 3000], ids=["at once", "soon", "far below"])
@pytest.mark.parametrize("again", ["{}", " {} "], ids=["same", "with spaces"])
@pytest.mark.parametrize("kind", ["{}", "v{}"], ids=["numbers", "names"])
def test_a_voter_who_comes_again_is_named_however_far_below(first, again, kind):
    names = [kind.format(number) for number in range(1, first + 3)]

    error = refusal_of(with_voters([*names, again.format(kind.format(first))]))

    lines = 14 + len(names) + 1, 14 + first
    assert (error.code, error.line, error.context["first"]) == ("voter-twice", *lines)
