"""Participants and legal texts in Wagtail's admin."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civic_sourcing.participants.models import LegalText, LegalTextBody, Participant


@pytest.fixture
def at_desk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def at_law_desk(client, lawyer):
    client.force_login(lawyer)
    return client


def test_people_are_found_by_public_name(at_desk, person, neighbour):
    Participant.objects.of(neighbour)

    page = at_desk.get(reverse("civic_participants_admin:index"), {"q": "mina"}).content.decode()

    assert "Mina Han" in page
    assert "neighbour" not in page


@pytest.mark.parametrize("name", ["index", "inspect", "edit"])
def test_no_email_address_is_shown_or_searched(at_desk, person, name):
    keys = [] if name == "index" else [person.pk]

    page = at_desk.get(reverse(f"civic_participants_admin:{name}", args=keys)).content.decode()
    found = at_desk.get(reverse("civic_participants_admin:index"), {"q": "mina@example"})

    assert "mina@example.org" not in page
    assert "Mina Han" not in found.content.decode().partition("<table")[2]


def test_a_name_of_mixed_scripts_is_flagged(at_desk, person):
    Participant.objects.filter(pk=person.pk).update(name="Minа Han")

    page = at_desk.get(reverse("civic_participants_admin:index")).content.decode()

    assert "Mixed scripts: Minа" in page


def test_the_list_costs_the_same_number_of_queries_for_any_number(
    at_desk, person, make_user, django_assert_num_queries
):
    address = reverse("civic_participants_admin:index")
    at_desk.get(address)
    with CaptureQueriesContext(connection) as few:
        at_desk.get(address)
    for number in range(20):
        Participant.objects.of(make_user(f"person{number}"))

    with django_assert_num_queries(len(few)):
        at_desk.get(address)


def test_a_clerk_vouches_for_somebody(at_desk, person):
    facts = {"key": "district", "value": "Riverside", "source": "Register office"}

    at_desk.post(
        reverse("civic_participants_admin:edit", args=[person.pk]),
        {"age_band": "unknown", **facts},
    )

    attribute = person.verified_attributes.get()
    assert (attribute.key, attribute.value, attribute.source) == tuple(facts.values())
    assert attribute.verified_at is not None


@pytest.mark.parametrize("name", ["add", "delete"])
def test_nobody_adds_or_deletes_a_participant(client, people, person, name):
    client.force_login(people["superuser"])
    keys = [person.pk] if name == "delete" else []

    client.post(reverse(f"civic_participants_admin:{name}", args=keys), {"age_band": "unknown"})

    assert list(Participant.objects.filter(user=person.user)) == [person]


# Legal texts --------------------------------------------------------------------------------------


def form_data(text=None, **changes):
    return {
        "kind": "terms",
        "bodies-TOTAL_FORMS": "1",
        "bodies-INITIAL_FORMS": "1" if text else "0",
        "bodies-MIN_NUM_FORMS": "1",
        "bodies-MAX_NUM_FORMS": "1000",
        "bodies-0-id": str(text.bodies.get().pk) if text else "",
        "bodies-0-language": "en",
        "bodies-0-title": "Terms",
        "bodies-0-body": '{"blocks":[{"key":"a","text":"Be kind.","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[],"data":{}}],"entityMap":{}}',
        "bodies-0-ORDER": "1",
        "bodies-0-DELETE": "",
        **changes,
    }


def address(name, *keys):
    return reverse(LegalText.snippet_viewset.get_url_name(name), args=keys)


def test_a_text_is_written_and_published(at_law_desk):
    at_law_desk.post(address("add"), form_data(publish="on"))

    text = LegalText.objects.get()
    assert (text.kind, text.version, text.bodies.get().title) == ("terms", 1, "Terms")
    assert text.published_at is not None
    assert "Be kind." in text.bodies.get().body


def test_a_draft_can_be_changed_and_the_next_version_is_counted(at_law_desk, publish_text):
    draft = publish_text(published=False)

    at_law_desk.post(address("edit", draft.pk), form_data(draft, **{"bodies-0-title": "New"}))

    draft.refresh_from_db()
    assert draft.bodies.get().title == "New"
    assert publish_text().version == 2


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_a_published_text_is_neither_changed_nor_deleted_in_the_admin(
    at_law_desk, publish_text, name
):
    text = publish_text()

    at_law_desk.post(address(name, text.pk), form_data(text, **{"bodies-0-title": "Other"}))

    assert LegalText.objects.get().bodies.get().title == "Terms"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: LegalText.objects.update(version=9), id="version"),
        pytest.param(lambda text: LegalText.objects.update(published_at=None), id="take back"),
        pytest.param(lambda text: LegalText.objects.all()._raw_delete("default"), id="delete"),
        pytest.param(lambda text: LegalTextBody.objects.update(body="Other"), id="words"),
        pytest.param(
            lambda text: LegalTextBody.objects.all()._raw_delete("default"), id="no words"
        ),
        pytest.param(
            lambda text: LegalTextBody.objects.create(legal_text=text, language="ko", body="새"),
            id="one more language",
        ),
    ],
)
def test_the_database_keeps_a_published_text(publish_text, change):
    text = publish_text()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(text)


def test_a_version_that_would_never_be_shown_is_not_published(at_law_desk, publish_text):
    earlier = publish_text(published=False)
    publish_text()

    at_law_desk.post(address("edit", earlier.pk), form_data(earlier, publish="on"))

    earlier.refresh_from_db()
    assert earlier.published_at is None
