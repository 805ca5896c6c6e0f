"""Blocks show challenges and their numbers on any page."""

from datetime import timedelta

import pytest

from civic_sourcing.challenges.blocks import ChallengeNumbersBlock, ChallengesBlock

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def challenges(make_challenge):
    make_challenge("Shade")
    make_challenge("Bridges", rounds=((2 * DAY, 3 * DAY, 4 * DAY),))


def rendered(block, **values):
    return str(block.render(block.to_python(values)))


@pytest.mark.parametrize(("shown", "titles"), [("open", ["Shade"]), ("all", ["Shade", "Bridges"])])
def test_a_block_shows_open_challenges_or_all(challenges, index, shown, titles):
    html = rendered(ChallengesBlock(), index=index.pk, shown=shown, number=3, heading="")

    assert [title for title in ("Shade", "Bridges") if f">{title}<" in html] == titles
    assert index.title in html


def test_a_block_shows_as_many_as_it_is_told(challenges, index):
    html = rendered(ChallengesBlock(), index=index.pk, shown="all", number=1, heading="")

    assert ">Bridges<" not in html


def test_a_block_of_numbers_has_figures_and_a_chart(challenges, index):
    html = rendered(ChallengeNumbersBlock(), index=index.pk, heading="What it came to")

    assert "What it came to" in html
    assert "civic-chart" in html


def test_a_list_that_is_no_longer_public_leaves_nothing(challenges, index):
    index.live = False
    index.save()

    for block in (ChallengesBlock(), ChallengeNumbersBlock()):
        assert rendered(block, index=index.pk, heading="").strip() == ""
