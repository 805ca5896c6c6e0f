"""What anybody reads on the page of a challenge."""

import pytest

from civic_sourcing.challenges.actions import LengthenRound, RaisePrize
from civic_sourcing.challenges.doors import Door, _keepers, register_door
from civic_sourcing.challenges.models import ChallengeFacts, ChallengePage, LegalAuthority, Round
from civic_sourcing.processes.models import ParticipationPage
from tests.challenges.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(challenge):
    """The challenge with every text somebody can write."""
    authority = LegalAuthority.objects.create(key="charter", names={"en": "Town charter"})
    ChallengeFacts.objects.filter(process=challenge.process).update(
        authority=authority, department_name="Schools", contact="Room 3", fiscal_years="FY26"
    )
    challenge.faq = [{"question": "May children enter?", "answer": "Yes, with a guardian."}]
    for name in (
        "description", "prizes_text", "rules_text", "eligibility_text", "rights_text",
        "privacy_text", "minors_text", "judging_text", "how_to_enter", "resources",
    ):  # fmt: skip
        setattr(challenge, name, f"<p>About {name}</p>")
    challenge.save_revision().publish()
    return ChallengePage.objects.get(pk=challenge.pk)


def read(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "Cool in summer, light in winter.", "far too hot|too hot in summer", "About description",
        "Town charter", "Schools", "Room 3", "About rights_text", "About minors_text",
        "100 points in all, and up to 5 more as a bonus", "up to 20 points",
        "€5,000, split evenly among up to 5 winners", "€1,000", "€6,000", "May children enter?",
        "Entries are taken until", "About how_to_enter", "They share the place",
        "10 days in which anybody can say", "does not use entries that were not chosen",
    ],
)  # fmt: skip
def test_every_section_is_there_to_read(client, whole, words):
    text = read(client, whole)

    assert any(each in text for each in words.split("|"))


@pytest.mark.parametrize(
    ("rounds", "state", "label"),
    [
        (((DAY, 2 * DAY, 3 * DAY),), "published", "Upcoming"),
        (((-DAY, DAY, 3 * DAY),), "published", "Open"),
        (((-3 * DAY, -DAY, DAY),), "published", "Being judged"),
        (((-3 * DAY, -2 * DAY, -DAY),), "published", "Closed"),
        (((-3 * DAY, -2 * DAY, -DAY),), "archived", "Archived"),
        (((None, None, None),), "published", "Upcoming"),
    ],
)
def test_the_page_says_where_it_stands(client, make_challenge, rounds, state, label):
    page = make_challenge(rounds=rounds, state=state)

    assert f">{label}<" in read(client, page).replace("\n", "").replace("  ", "")


def test_what_changed_after_the_opening_is_told_with_its_reason(client, challenge, manager):
    row = Round.objects.get(process=challenge.process)
    LengthenRound(
        row, by=manager, closes_at=row.closes_at + DAY, reason="The yard was shut."
    ).execute()
    prize = challenge.process.prizes.get(place=1)
    RaisePrize(prize, by=manager, amount=200_000, reason="A sponsor joined.").execute()

    text = read(client, challenge)

    assert "The yard was shut." in text
    assert "Prize “Grand prize” raised from €1,000 to €2,000. Why: A sponsor joined." in text


def test_what_one_may_do_stands_at_the_head(client, challenge):
    def keeper(page, request, at):
        return [Door("Hand in", f"{page.get_url(request)}enter/", note="Alone or as a team.")]

    register_door(keeper)
    try:
        text = read(client, challenge)
    finally:
        _keepers.remove((0, keeper))

    assert f'href="{challenge.get_url()}enter/"' in text
    assert "Alone or as a team." in text


def test_a_page_nobody_filled_in_can_be_previewed(client, index, administrator):
    page = index.add_child(instance=ChallengePage(title="Empty"))
    client.force_login(administrator)

    response = client.get(f"/admin/pages/{page.pk}/view_draft/")

    assert "The dates are not set yet." in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "in_review", "edits_requested", "approved"])
def test_nobody_publishes_what_is_not_approved_and_out(client, make_challenge, state):
    """The button is asked elsewhere; here are those that do not ask: code, schedules, the API."""
    page = make_challenge(state=state)

    page.save_revision().publish()
    page.live = True
    page.save()

    assert not ChallengePage.objects.get(pk=page.pk).live
    assert client.get(page.get_url()).status_code == 404


def test_the_page_takes_as_many_queries_with_ten_criteria_more(
    client, whole, make_challenge, django_assert_max_num_queries
):
    page = make_challenge("Two", rounds=((-DAY, DAY, 2 * DAY), (3 * DAY, 4 * DAY, 5 * DAY)))
    read(client, page)

    with django_assert_max_num_queries(40) as captured:
        read(client, whole)
    one = len(captured)
    with django_assert_max_num_queries(40) as captured:
        read(client, page)

    assert len(captured) <= one


def test_lists_of_processes_say_what_it_is_about(client, challenge, home):
    hub = home.add_child(instance=ParticipationPage(title="Take part", slug="participate"))
    parent = challenge.get_parent()
    parent.move(hub, pos="last-child")

    text = read(client, hub)

    assert "Cool in summer, light in winter." in text
    assert "Entering" in text
