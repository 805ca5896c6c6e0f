"""Areas on a map: drawn where outlines are, and told in words as well."""

import pytest
from bs4 import BeautifulSoup

from civic_sourcing.budgets.actions import ChangeVoteRules
from civic_sourcing.budgets.models import BudgetVotePage

pytestmark = pytest.mark.django_db

SQUARE = [[128.88, 35.09], [128.9, 35.09], [128.9, 35.11], [128.88, 35.11], [128.88, 35.09]]
ISLES = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}


def vote_with(home, *outlines):
    page = home.add_child(instance=BudgetVotePage(title="Budget", slug="money", locale=home.locale))
    areas = [
        {"code": f"a{number}", "names": {"en": f"Ward {number}"}, "budget": 900, "outline": outline}
        for number, outline in enumerate(outlines, start=1)
    ]
    ChangeVoteRules(page.process, by=None, currency="KRW", areas=areas).execute()
    page.save_revision().publish()
    return BudgetVotePage.objects.get(pk=page.pk)


def section_of(client, page):
    html = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    return html.select_one(".civic-budget-areas")


def test_areas_with_an_outline_are_drawn_with_their_money(client, home):
    page = vote_with(home, {"type": "Polygon", "coordinates": [SQUARE]}, ISLES, None)

    figure = section_of(client, page)

    paths = [path["d"] for path in figure.select("path")]
    assert [path.count("M") for path in paths] == [1, 2]
    assert [name.get_text() for name in figure.select("text")] == ["Ward 1", "Ward 2"]
    assert "₩900" in figure.find_next("dl").get_text()


def test_nothing_is_drawn_where_nobody_gave_an_outline(client, home):
    assert section_of(client, vote_with(home, None)) is None
