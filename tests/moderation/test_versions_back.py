"""Earlier versions of a text that was taken: blank while it lasts, and back as they were."""

from datetime import timedelta

import pytest

from civic_sourcing.attribution.models import ContributionVersion
from civic_sourcing.ideas.actions import EditIdea
from civic_sourcing.moderation.deciding.jobs import wipe_preserved_texts
from civic_sourcing.moderation.models import PreservedText
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

from .deciding_people import (  # noqa: F401
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
    faults,
    page_now,
    row,
    seen,
)

DAY = timedelta(days=1)
FIRST_WORD = [["text", 0, 6]]
ANEW = "Somebody wants to lie down."


@pytest.fixture
def edited(idea, author, settle):
    """An idea whose author has changed it once, so that it has two versions."""
    settle(author)
    write(idea, author, f"{idea.description} By the river.")
    return page_now(idea)


def write(idea, author, text):
    EditIdea(
        page_now(idea), by=author, title=idea.title, description=text, note="Clearer."
    ).execute()


def words(idea):
    """What can be read of each version, by number."""
    rows = ContributionVersion.objects.filter(contribution=idea.contribution_id)
    return dict(rows.order_by("number").values_list("number", "text"))


@pytest.mark.parametrize("outcome", ["mask", "remove"])
def test_reversed_all_versions_read_as_they_did(
    edited, case, decide, appeal, decide_appeal, outcome
):
    before = words(edited)
    terms = {"spans": FIRST_WORD, "seen_version": 2} if outcome == "mask" else {}
    decision = decide(case, outcome, **terms)
    assert {words(edited)[number] for number in (1, 2)} == {""}

    decide_appeal(appeal(decision))

    after = words(edited)
    assert {number: after[number] for number in before} == before
    assert after[max(after)] == before[2]
    assert not faults()


def test_what_was_removed_and_is_back_has_no_version_more(
    edited, case, decide, appeal, decide_appeal
):
    before = words(edited)

    decide_appeal(appeal(decide(case, "remove")))

    assert words(edited) == before


def test_readers_find_them_again(edited, case, decide, client):
    decide(case, "mask", spans=FIRST_WORD, seen_version=2)
    address = f"{edited.url}versions/"
    assert "People" not in client.get(address).content.decode()

    decide(case_now(case), "lift")

    assert client.get(address).content.decode().count("People") >= 2
    assert not faults()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first first", "second first"])
def test_of_two_masks_the_one_that_ends_last_brings_them_back(
    edited, case, report, second_reporter, decide, appeal, decide_appeal, order
):
    before = words(edited)
    masks = [decide(case, "mask", spans=FIRST_WORD, seen_version=2)]
    place = page_now(edited).description.index("down")
    span = ["text", place, place + 4]
    again = report(by=second_reporter).case
    masks.append(decide(again, "mask", spans=[span], seen_version=3))

    decide_appeal(appeal(masks[order[0]]))
    assert (words(edited)[1], words(edited)[2]) == ("", "")

    decide_appeal(appeal(masks[order[1]]))
    after = words(edited)
    assert {number: after[number] for number in before} == before
    assert not faults()


def test_they_are_back_though_the_author_wrote_anew(
    edited, author, case, decide, appeal, decide_appeal
):
    before = words(edited)
    decision = decide(case, "mask", spans=FIRST_WORD, seen_version=2)
    write(edited, author, ANEW)

    decide_appeal(appeal(decision))

    assert page_now(edited).description == ANEW
    assert [words(edited)[number] for number in before] == list(before.values())
    assert not faults()


def test_when_no_appeal_is_possible_they_are_gone(edited, case, decide):
    decision = decide(case, "mask", spans=FIRST_WORD, seen_version=2)
    assert [kept["number"] for kept in PreservedText.objects.get().versions] == [1, 2]

    wipe_preserved_texts(decision.appeal_until + DAY)

    assert PreservedText.objects.get().versions == []
    assert (words(edited)[1], words(edited)[2]) == ("", "")


def test_erased_with_the_account_they_are_gone(edited, author, case, decide):
    decide(case, "mask", spans=FIRST_WORD, seen_version=2)

    EraseParticipant(Participant.objects.of(author), by=author, blank_texts=True).execute()

    assert PreservedText.objects.get().versions == []
    assert set(words(edited).values()) == {""}
    assert not faults()
