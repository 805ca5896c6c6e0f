"""The list of challenges: what is shown, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from civic_sourcing.challenges.models import ChallengeFacts, EditorialState
from tests.scenes import scene

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OVER = ((-9 * DAY, -8 * DAY, -7 * DAY),)
COMING = ((2 * DAY, 3 * DAY, 4 * DAY),)
JUDGED = ((-2 * DAY, -DAY, DAY),)


@scene
def challenges(make_challenge):
    """One in each state: open, upcoming, being judged, closed, archived, draft."""
    make_challenge("Shade", department_name="Parks", primary_type="ideas", audiences=["students"])
    make_challenge("Bridges", rounds=COMING, department_name="Roads", primary_type="scientific")
    make_challenge("Night buses", rounds=JUDGED, more_types=["software"], prize_total=900)
    make_challenge("Old wells", rounds=OVER, prize_total=None, has_other_prizes=True)
    make_challenge("Lamps", rounds=OVER, state="archived")
    draft = make_challenge("Secret plan", state="draft")
    draft.live = True
    draft.save()


@pytest.fixture
def titles(client, index):
    def ask(query=""):
        answer = client.get(index.get_url() + query)
        assert answer.status_code == 200
        return [card.title for card in answer.context_data["listing"].cards]

    return ask


def test_what_is_open_stands_first_and_drafts_and_the_archive_not_at_all(challenges, titles):
    assert titles() == ["Shade", "Bridges", "Night buses", "Old wells"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=open", ["Shade"]),
        ("?status=upcoming", ["Bridges"]),
        ("?status=judging", ["Night buses"]),
        ("?status=closed", ["Old wells"]),
        ("?status=archived", ["Lamps"]),
        ("?type=software", ["Night buses"]),
        ("?department=Roads", ["Bridges"]),
        ("?audience=students", ["Shade"]),
        ("?prize=other", ["Old wells"]),
        ("?least=1000", ["Shade", "Bridges"]),
        ("?q=bus+NIGHT", ["Night buses"]),
        ("?q=roads", ["Bridges"]),
        ("?q=100%25", []),
        ("?sort=title", ["Bridges", "Night buses", "Old wells", "Shade"]),
        ("?status=nonsense&least=-1&begin=2020-99-99&page=x", None),
        ("?begin=0001-01-01&end=9999-12-31&q=%00", None),
    ],
)
def test_the_list_is_narrowed_as_the_address_says(challenges, titles, query, found):
    assert titles(query) == (titles() if found is None else found)


def test_days_find_what_takes_entries_in_between(challenges, titles):
    day = timezone.localdate(timezone.now() + 2 * DAY)

    assert titles(f"?begin={day}&end={day + DAY}") == ["Bridges"]


def test_a_private_challenge_is_for_those_who_may_open_it(challenges, titles, index):
    page = index.get_children().get(title="Shade")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert "Shade" not in titles()


def test_a_translation_shows_the_same_challenge_once(make_challenge, index, korean_home, client):
    page = make_challenge("Shade")
    korean = index.copy_for_translation(korean_home.locale)
    korean.save_revision().publish()
    english_only = client.get(korean.get_url()).context_data["listing"]
    assert [(card.title, card.language_code) for card in english_only.cards] == [("Shade", "en")]

    translated = page.copy_for_translation(korean_home.locale)
    translated.title = "그늘"
    translated.save_revision().publish()

    both = client.get(korean.get_url()).context_data["listing"]
    assert [card.title for card in both.cards] == ["그늘"]


def test_a_private_list_stays_private_in_the_list_of_another_language(
    make_challenge, index, korean_home, client
):
    make_challenge("Shade")
    korean = index.copy_for_translation(korean_home.locale)
    korean.save_revision().publish()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(korean.get_url()).context_data["listing"].cards == []


def test_the_list_costs_the_same_for_many(
    make_challenge, client, index, django_assert_max_num_queries
):
    for number in range(12):
        make_challenge(f"Challenge {number}")
    client.get(index.get_url())

    with django_assert_max_num_queries(18):
        client.get(index.get_url() + "?q=challenge&status=open")


def test_the_feed_tells_the_latest_of_what_is_wished(challenges, client, index):
    answer = client.get(index.get_url() + "feed/?status=open")

    assert answer["Content-Type"].startswith("application/rss+xml")
    body = answer.content.decode()
    assert "<title>Shade</title>" in body
    assert "Bridges" not in body
    assert "Secret" not in body


def test_the_numbers_count_what_everybody_may_know(challenges, client, index):
    answer = client.get(index.get_url() + "numbers/")

    figures = answer.context_data["report"].figures
    assert len(figures.challenges) == 5
    assert (figures.money.with_amount, figures.money.blank) == (4, 1)
    assert figures.money_and_more.blank == 1
    assert "counts for each of its types" in answer.content.decode()


def test_the_number_of_entries_is_told_once_nobody_can_enter(challenges, client, index):
    told = client.get(index.get_url() + "numbers/").context_data["report"].figures.challenges

    assert {each.title: each.entrants for each in told}["Shade"] is None
    assert {each.title: each.entrants for each in told}["Old wells"] == 0


@pytest.mark.parametrize("name", ["challenges", "years", "departments", "types"])
def test_every_table_comes_for_spreadsheets(challenges, client, index, name):
    answer = client.get(f"{index.get_url()}numbers/csv/{name}/")

    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode().splitlines()) > 1


def test_a_table_that_is_not_known_is_not_there(challenges, client, index):
    assert client.get(f"{index.get_url()}numbers/csv/people/").status_code == 404


def test_a_currency_has_numbers_of_its_own(make_challenge, client, index):
    make_challenge("Shade", prize_total=100)
    make_challenge("Bridges", prize_total=5000, currency="KRW")
    make_challenge("Wells", prize_total=300)

    report = client.get(f"{index.get_url()}numbers/?currency=KRW").context_data["report"]

    assert report.figures.money.total == 5000
    assert ChallengeFacts.objects.filter(state=EditorialState.PUBLISHED).count() == 3
