"""Words of published versions: blanked, and only ever filled again with what they were."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.blanking import put_back, words_of_versions
from civic_sourcing.core.audit import verify


def faults():
    return [finding.code for report in verify() for finding in report.findings]


@pytest.fixture
def blanked(contribution, notes):
    """A contribution whose version is blank, with the words it had."""
    kept = words_of_versions(contribution)
    contribution.versions.update(title="", text="", salt="")
    return contribution, kept


def test_they_are_put_back_as_they_were(blanked):
    contribution, kept = blanked

    assert put_back(contribution, kept) == 1

    assert words_of_versions(contribution) == kept
    assert not faults()


def test_other_words_are_not_taken(blanked):
    contribution, kept = blanked

    assert put_back(contribution, [{**kept[0], "text": "Other words."}]) == 0

    assert contribution.versions.get().is_blanked


def test_a_version_that_can_be_read_stays_as_it_is(contribution):
    assert put_back(contribution, words_of_versions(contribution)) == 0


def test_the_database_rewrites_nothing_that_can_be_read(contribution):
    with pytest.raises(IntegrityError), transaction.atomic():
        contribution.versions.update(text="Other words.", salt="ab" * 32)


def test_words_filled_in_behind_our_back_are_found(blanked):
    contribution, kept = blanked

    contribution.versions.update(text="Other words.", salt=kept[0]["salt"])

    assert faults() == ["changed"]


def test_what_is_blanked_for_good_keeps_nothing(contribution):
    ledger.blank(contribution)

    assert words_of_versions(contribution) == []
