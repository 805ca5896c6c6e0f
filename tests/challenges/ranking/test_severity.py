"""Correcting judges' severity, and when not to."""

from fractions import Fraction

import pytest

from civic_sourcing.challenges.judging.severity import Fallback, severities
from civic_sourcing.challenges.judging.simulation import Setting, compare


def given(rows: str, severity: dict[str, float], quality: dict[str, float]):
    """Scores without chance: each of ``rows`` is a judge and the entries they saw."""
    for row in rows.split():
        judge, _colon, entries = row.partition(":")
        yield from ((judge, entry, quality[entry] + severity[judge]) for entry in entries)


QUALITY = {"a": 50, "b": 60, "c": 70, "d": 40}


def test_severities_without_chance_come_out_exactly():
    severity = {"A": -6, "B": 2, "C": 4}

    found = severities(given("A:abd B:bcd C:cad", severity, QUALITY))

    assert found.points == {judge: Fraction(points) for judge, points in severity.items()}
    assert (found.fallback, found.chance) == (Fallback.NONE, 0)


def test_severities_add_up_to_nothing():
    found = severities(given("A:abd B:bcd C:cad", {"A": 5, "B": 9, "C": 4}, QUALITY))

    assert found.points == {"A": -1, "B": 3, "C": -2}


@pytest.mark.parametrize(
    ("rows", "fallback"),
    [
        ("A:abcd", Fallback.ONE_JUDGE),
        ("A:ab B:ab C:cd D:cd", Fallback.NOT_CONNECTED),
        ("A:ab B:cd", Fallback.NOT_CONNECTED),
        ("A:ab B:bc C:cd", Fallback.TOO_FEW),
        ("A:abc B:bcd C:cda D:dab", Fallback.NONE),
    ],
    ids=["one judge", "two panels apart", "nothing shared", "a mere chain", "a ring"],
)
def test_falls_back_where_severity_cannot_be_told(rows, fallback):
    severity = {"A": -6, "B": 2, "C": 4, "D": 0}

    found = severities(given(rows, severity, QUALITY))

    assert found.fallback is fallback
    assert bool(found.points) is (fallback is Fallback.NONE)


def test_names_the_groups_that_are_not_connected():
    found = severities(given("A:ab B:ab C:cd D:cd", dict.fromkeys("ABCD", 0), QUALITY))

    assert found.groups == (("A", "B"), ("C", "D"))


def test_an_entry_all_judges_scored_connects_two_panels():
    severity = {"A": -6, "B": 2, "C": 4, "D": 0}

    found = severities(given("A:abz B:abz C:cdz D:cdz", severity, {**QUALITY, "z": 55}))

    assert found.points == severity


def test_equal_judges_are_not_corrected():
    found = severities(given("A:abc B:bcd C:cda", dict.fromkeys("ABC", 0), QUALITY))

    assert found.fallback is Fallback.NO_DIFFERENCE


def test_what_may_be_chance_is_taken_off_in_part():
    """With chance as large as severity, less than the plain difference is taken off."""
    scores = [
        (judge, entry, quality + severity + chance)
        for judge, severity in {"A": -6, "B": 2, "C": 4}.items()
        for entry, quality in QUALITY.items()
        for chance in [4 if (judge, entry) in {("A", "a"), ("B", "d"), ("C", "b")} else -1]
    ]

    found = severities(scores)

    assert found.chance > 0
    assert -6 < found.points["A"] < -4


@pytest.mark.parametrize(
    ("setting", "gain"),
    [
        (Setting(), 0.06),
        (Setting(severity=15), 0.15),
        (Setting(chance=10), 0.02),
        (Setting(judges=4, entries=12, each=2), 0.03),
    ],
    ids=["usual", "very unlike judges", "much chance", "small panel"],
)
def test_on_panels_of_known_quality_the_corrected_ranking_is_better(setting, gain):
    agreement = compare(setting, range(60))

    assert agreement.corrected > agreement.raw + gain
    assert agreement.better > 2 * agreement.worse


def test_where_judges_are_alike_little_is_lost():
    agreement = compare(Setting(severity=0), range(60))

    assert agreement.corrected > agreement.raw - 0.005
