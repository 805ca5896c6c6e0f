"""What is missing before people may see a challenge."""

import pytest
from django.test import override_settings
from django.utils import timezone

from civic_sourcing.challenges.actions.setup import SetCriteria, SetPrizes, SetTimeline
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.points import completeness, points_of
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.models import Approval, ChallengeFacts, ChallengePage, Round
from tests.challenges.editorial.conftest import DAY, TEXTS, prize
from tests.challenges.editorial.test_readability import OFFICIAL

pytestmark = pytest.mark.django_db


def codes_of(page):
    return {point.code for point in points_of(draft_of(page))}


def draft_of(page):
    return Draft.of(page.process, timezone.localdate())


def test_a_whole_challenge_lacks_nothing(written):
    assert not points_of(draft_of(written))
    assert all(each.is_complete for each in completeness(draft_of(written)).values())


def test_an_empty_challenge_lacks_what_must_be_public(index):
    page = index.add_child(instance=ChallengePage(title="Empty", live=False))

    lacking = codes_of(page)

    assert {
        "tagline", "short-description", "type", "department", "contact", "problem", "no-phase",
        "no-prize", "no-authority", "eligibility-text", "rights-text", "privacy-text",
        "minors-text", "way-in",
    } <= lacking  # fmt: skip
    assert completeness(draft_of(page))[Section.RULES].done == 0


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if name not in ("how_to_enter", "tagline")]
)
def test_each_text_is_asked_for(write_challenge, name):
    page = write_challenge(**{name: "<p></p>" if TEXTS[name].startswith("<") else ""})

    assert codes_of(page) == {name.replace("_", "-")}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"tagline": "x" * 91}, "tagline-too-long"),
        ({"short_description": "x" * 201}, "short-description-too-long"),
        ({"problem": f"<p>{OFFICIAL['en']}</p>"}, "hard-to-read"),
        ({"problem": TEXTS["problem"] + "<p>We use GIS.</p>"}, "unexplained"),
        ({"description": "<p>We use GIS.</p>"}, "unexplained"),
    ],
    ids=["tagline", "short", "hard", "term", "term in the description"],
)
def test_a_text_that_people_cannot_take_in_is_a_point(write_challenge, texts, code):
    assert codes_of(write_challenge(**texts)) == {code}


def test_a_term_of_the_glossary_is_explained(write_challenge):
    page = write_challenge(
        description="<p>We use GIS.</p>", glossary=[{"term": "GIS", "meaning": "a map"}]
    )

    assert not codes_of(page)


def test_prize_money_above_a_limit_needs_a_named_approval(written):
    total = 60_000_000_00
    with override_settings(
        CIVIC_SOURCING={
            "CHALLENGE_APPROVALS": {"EUR": [1_000_000]},
            "CHALLENGE_NOTICE_ABOVE": {"EUR": 50_000_000},
        }
    ):
        SetPrizes(
            written.process, by=None, currency="EUR", total=total, parts=[prize(total)]
        ).execute()
        before = codes_of(written)
        approve(written, on=timezone.localdate())
        fresh = codes_of(written)
        Approval.objects.update(approved_on=timezone.localdate() - 30 * DAY)

        assert (before, fresh, codes_of(written)) == ({"approval"}, {"notice"}, set())


def approve(page, *, on):
    Approval.objects.create(
        process=page.process,
        limit=1_000_000_00,
        name="Kim",
        office="Mayor",
        approved_on=on,
        noted_by=page.process.uuid,
        noted_at=timezone.now(),
    )


def test_dates_of_last_year_are_not_published(written):
    Round.objects.update(opens_at=timezone.now() - 90 * DAY, closes_at=timezone.now() - 60 * DAY)

    assert codes_of(written) == {"past-dates"}


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ([], "criteria"),
        ([{"titles": {"en": "Effect"}, "points": 0}], "criteria"),
        ([{"titles": {"en": "Use"}, "points": 5, "is_bonus": True}], "criteria"),
        (
            [
                {"titles": {"en": "Effect"}, "points": 5, "weight": 40},
                {"titles": {"en": "Costs"}, "points": 5, "weight": 40},
            ],
            "weights",
        ),
        (
            [
                {"titles": {"en": "Effect"}, "points": 5, "weight": 100},
                {"titles": {"en": "Costs"}, "points": 5},
            ],
            "weights",
        ),
    ],
    ids=["none", "no points", "bonus only", "not a hundred", "not for all"],
)
def test_criteria_are_whole(written, criteria, code):
    round_ = Round.objects.get(process=written.process)

    SetCriteria(written.process, by=None, round=round_, criteria=criteria).execute()

    assert codes_of(written) == {code}


def test_a_challenge_whose_entries_go_elsewhere_says_how_winners_are_chosen(written):
    ChallengeFacts.objects.update(external_url="https://example.org/enter")
    round_ = Round.objects.get(process=written.process)

    SetCriteria(written.process, by=None, round=round_, criteria=[]).execute()

    assert codes_of(written) == {"basis-of-choice"}


def test_a_phase_without_dates_is_a_point_and_can_be_written_down(written):
    round_ = {"titles": {"en": "Ideas"}, "opens_at": None, "closes_at": None}

    SetTimeline(written.process, by=None, rounds=[round_]).execute()

    assert "dates" in codes_of(written)
