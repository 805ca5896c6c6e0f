"""The person's own page and profile: what can be set, what is refused, what others see."""

import pytest
from django.test import override_settings
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionForbidden
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.notifications.recipients import language_of
from civic_sourcing.participants.actions import ChangeProfile
from civic_sourcing.participants.models import Participant

PROFILE = {
    "name": "Mina H.",
    "affiliation": "vendor",
    "affiliation_note": "Han Benches Ltd",
    "language": "ko",
    "of_age": "yes",
}


@pytest.fixture
def at_profile(client, mina):
    client.force_login(mina)

    def send(**changes):
        return client.post(reverse("civic_participants:profile"), {**PROFILE, **changes})

    return send


def test_a_profile_is_saved(at_profile, person):
    response = at_profile()

    person.refresh_from_db()
    assert response.status_code == 302
    assert (person.public_name, person.affiliation, person.affiliation_note) == (
        "Mina H.",
        "vendor",
        "Han Benches Ltd",
    )
    assert (person.language, person.age_band) == ("ko", "of_age")


def test_the_log_says_which_fields_changed_and_not_what_they_hold(at_profile, person):
    at_profile()

    entry = AuditEntry.objects.get(action="civic_participants.change_profile")
    assert entry.chain == entry.actor == person.uuid
    assert entry.details == {"changed": ["affiliation", "affiliation_note", "language", "name"]}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("", "Please enter a name.", id="empty"),
        pytest.param("\u200b\u200b", "Nobody could see this name.", id="invisible"),
        pytest.param("Mi\u200bna", "invisible characters", id="partly invisible"),
        pytest.param("Mi\x00na", "control characters", id="null"),
        pytest.param("Yunа Choi", "works here for the city", id="official in Cyrillic"),
        pytest.param("M" * 51, "51 characters", id="too long"),
    ],
)
def test_a_refused_name_stays_in_the_form_with_its_sentence(
    at_profile, person, official, name, sentence
):
    response = at_profile(name=name)

    person.refresh_from_db()
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert person.name == "Mina Han"


def test_a_name_may_stay_when_an_official_of_that_name_is_appointed(
    at_profile, person, make_official
):
    make_official("mina2", first_name="Mina", last_name="Han")

    response = at_profile(name="Mina Han")

    assert response.status_code == 302


def test_a_child_is_led_on_to_ask_a_guardian(at_profile, person):
    response = at_profile(of_age="no")

    person.refresh_from_db()
    assert response.url == reverse("civic_participants:ask_guardian")
    assert person.age_band == "minor"


def test_the_age_question_may_wait_and_is_put_until_answered(at_profile, client, person):
    at_profile(of_age="")
    page = client.get(reverse("civic_participants:profile")).content.decode()

    person.refresh_from_db()
    assert person.age_band == "unknown"
    assert "Are you 14 years old or older?" in page


@override_settings(CIVIC_SOURCING={"AGE_LIMIT": 0})
def test_a_town_without_age_limit_does_not_ask(client, mina):
    client.force_login(mina)

    assert b"of_age" not in client.get(reverse("civic_participants:profile")).content


def test_nobody_changes_anothers_profile(person, neighbour):
    with pytest.raises(ActionForbidden):
        ChangeProfile(person, by=neighbour, public_name="Silly").execute()


def test_people_are_written_to_in_the_language_they_chose(mina, person, neighbour):
    Participant.objects.filter(pk=person.pk).update(language="ko")

    assert (language_of(mina), language_of(neighbour)) == ("ko", "en")


@pytest.mark.parametrize(
    ("affiliation", "note", "shown"),
    [
        pytest.param("undisclosed", "", False, id="not said"),
        pytest.param("resident", "", False, id="resident"),
        pytest.param("city_employee", "", True, id="city employee"),
        pytest.param("vendor", "Han <Benches>", True, id="vendor"),
        pytest.param("candidate", "", True, id="candidate"),
        pytest.param("organisation", "Friends of the River", True, id="organisation"),
    ],
)
def test_an_interest_is_shown_beside_the_name_where_it_matters(person, affiliation, note, shown):
    from django.template.loader import render_to_string
    from django.utils.html import escape

    person.affiliation, person.affiliation_note = affiliation, note

    html = render_to_string(
        "civic_sourcing/participants/includes/name.html", {"participant": person}
    )

    assert "Mina Han" in html
    assert ("civic-badge" in html) is shown
    assert escape(note) in html


def test_my_page_costs_the_same_number_of_queries_every_time(
    client, mina, person, django_assert_max_num_queries
):
    client.force_login(mina)
    client.get(reverse("civic_participants:me"))

    with django_assert_max_num_queries(35):
        client.get(reverse("civic_participants:me"))
