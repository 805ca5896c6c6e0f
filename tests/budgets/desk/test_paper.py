"""The ballot paper as editors put it in order and print it."""

import pytest
from bs4 import BeautifulSoup

from civic_sourcing.budgets.actions.casting import OpenVote, PrepareVote
from civic_sourcing.budgets.actions.order_projects import OrderProjects
from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.ballots import CumulativeLimits, RankingLimits, ScoreLimits, YesNoLimits
from civic_sourcing.budgets.models import Project
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = pytest.mark.django_db


def order_of(process):
    return list(Project.objects.of(process).values_list("number", flat=True))


def printed(desk):
    return BeautifulSoup(desk("print_paper").content, "html.parser")


def test_editor_writes_the_places_of_the_projects(desk, set_up):
    answer = desk("paper", {"place-1": "2", "place-2": "9", "place-3": "1"})

    assert answer.status_code == 302
    assert order_of(set_up) == ["3", "1", "2"]
    numbers = [
        number.get_text() for number in printed(desk).select("li .civic-print-project strong")
    ]
    assert numbers == ["3", "1", "2"]


def test_projects_are_sorted_as_people_count(desk, set_up):
    Project.objects.filter(process=set_up, number="1").update(number="N/10")
    Project.objects.filter(process=set_up, number="3").update(number="N/9")

    desk("paper", {"place-N/10": "1", "place-2": "2", "place-N/9": "3", "by_number": "1"})

    assert order_of(set_up) == ["2", "N/9", "N/10"]


def test_order_stays_once_the_vote_is_open_and_for_projects_nobody_saw(desk, set_up):
    with pytest.raises(ActionRefused) as other:
        OrderProjects(set_up, by=None, numbers=["1", "2"]).execute()
    OpenVote(PrepareVote(set_up, by=None, kind="real").execute(), by=None).execute()

    refused = desk("paper", {"place-1": "2", "place-2": "9", "place-3": "1"})

    assert other.value.code == "other-projects"
    assert refused.status_code == 409
    assert order_of(set_up) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("limits", "boxes", "said"),
    [
        pytest.param(CumulativeLimits(total=10), 3, "Points", id="points"),
        pytest.param(RankingLimits(most=2), 3, "Place", id="ranking"),
        pytest.param(ScoreLimits(top=5), 18, "Rate", id="scores"),
        pytest.param(YesNoLimits(), 9, "I abstain", id="yes and no"),
    ],
)
def test_printed_paper_has_room_for_a_pen_and_the_rules_in_words(desk, set_up, limits, boxes, said):
    ChangeVoteRules(set_up, by=None, limits=limits).execute()

    sheet = printed(desk)

    assert len(sheet.select(".civic-print-box")) == boxes
    assert said in sheet.get_text()
    assert "Draft" in sheet.get_text()
    assert "given back" not in sheet.get_text()
    assert sheet.select("header li")
