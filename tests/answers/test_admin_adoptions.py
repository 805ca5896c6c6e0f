"""What the city makes of an idea, planned and reported in the admin."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from civic_sourcing.answers.actions import Adopt, SetMilestone
from civic_sourcing.answers.models import Adoption, Agreement, DeliveryUpdate, Milestone
from tests.core.pictures import picture

from .desk_people import (  # noqa: F401
    address,
    at_desk_scene,
    desk_official_scene,
    desk_stranger_scene,
)

pytestmark = pytest.mark.django_db

REASON = "The soil has to be examined before anything is planted."


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def adoption(contribution, official, parks, soon):
    plan = {"department": parks, "expected_on": soon, "owner": official, "currency": "KRW"}
    return Adopt(contribution, by=official, title="Twenty benches", **plan).execute()


def sent(client, name, adoption, *args, status=302, **values):
    answer = client.post(address(name, adoption.uuid, *args), values)
    assert answer.status_code == status, answer.content.decode()[:3000]
    adoption.refresh_from_db()
    return answer.content.decode()


def test_idea_is_adopted_with_plan_and_agreement(
    at_desk, contribution, parks, roads, soon, desk_official
):
    agreement = Agreement.objects.create(title="Trees by streets", valid_from=timezone.localdate())
    agreement.departments.set([parks, roads])

    answer = at_desk.post(
        address("adopt", contribution.uuid),
        {
            "title": "Twenty benches",
            "text": "Of oak.",
            "owner": desk_official.pk,
            "department": parks.pk,
            "partners": [roads.pk],
            "agreement": agreement.pk,
            "expected_on": soon.isoformat(),
            "budget_line": "Parks 4711",
            "currency": "krw",
            "procedure_changed": "Rules for parks, § 4",
        },
    )

    assert answer.status_code == 302
    adoption = Adoption.objects.get()
    assert adoption.contribution.title == "Twenty benches"
    assert (adoption.owner, adoption.department, adoption.agreement) == (
        desk_official,
        parks,
        agreement,
    )
    assert list(adoption.partners.all()) == [roads]
    assert adoption.currency == "KRW"


def test_page_shows_plan_owner_and_where_it_comes_from(at_desk, adoption, contribution):
    page = at_desk.get(address("adoption", adoption.uuid)).content.decode()

    assert "Twenty benches" in page
    assert address("contribution", contribution.uuid) in page
    assert "The city promised to deliver by" in page


def test_official_of_another_forum_gets_404(client, desk_stranger, adoption):
    client.force_login(desk_stranger)

    for name in ("adoption", "plan", "status", "news", "add_milestone"):
        url = address(name, adoption.uuid)
        assert client.get(url, follow=True).status_code == 404
        assert client.post(url, follow=True).status_code == 404


def test_plan_is_changed_and_a_later_day_needs_a_reason(at_desk, adoption, soon, parks, official):
    later = soon + timedelta(days=10)
    values = {
        "owner": official.pk,
        "department": parks.pk,
        "expected_on": later.isoformat(),
        "currency": "KRW",
    }

    refused = sent(at_desk, "plan", adoption, status=409, **values)
    assert "Please say why" in refused
    assert adoption.expected_on == soon

    sent(at_desk, "plan", adoption, reason=REASON, **values)
    assert adoption.expected_on == later


def test_status_changes_and_cancelling_needs_a_reason(at_desk, adoption):
    answer = at_desk.post(address("status", adoption.uuid), {"status": "in_progress"})
    assert answer.status_code == 302
    answer = at_desk.post(address("status", adoption.uuid), {"status": "cancelled"})
    assert answer.status_code == 409

    at_desk.post(address("status", adoption.uuid), {"status": "cancelled", "reason": REASON})

    adoption.refresh_from_db()
    assert adoption.status == "cancelled"


def test_only_statuses_that_can_follow_are_offered(at_desk, adoption):
    at_desk.post(address("status", adoption.uuid), {"status": "in_force"})

    form = at_desk.get(address("status", adoption.uuid)).context["form"]

    assert [value for value, _label in form.fields["status"].choices] == ["changed", "cancelled"]


def test_milestone_is_planned_reached_and_kept(at_desk, adoption, soon):
    sent(at_desk, "add_milestone", adoption, title="Wood is bought", due_on=soon.isoformat())
    milestone = Milestone.objects.get()

    today = timezone.localdate().isoformat()
    sent(at_desk, "milestone", adoption, milestone.uuid, title="Wood is bought", done_on=today)
    milestone.refresh_from_db()
    assert milestone.done_on == timezone.localdate()

    refused = sent(at_desk, "remove_milestone", adoption, milestone.uuid, status=409)
    assert "stays in the plan" in refused


def test_milestone_of_another_adoption_is_missing(
    at_desk, adoption, propose, author, official, soon
):
    other = Adopt(propose(author, "Trees").contribution, by=official).execute()
    foreign = SetMilestone(other, by=official, title="Holes are dug").execute()

    url = address("milestone", adoption.uuid, foreign.uuid)

    assert at_desk.get(url, follow=True).status_code == 404


def test_news_with_photo_and_money_is_published(at_desk, adoption):
    photo = SimpleUploadedFile("benches.png", picture(), "image/png")

    sent(
        at_desk,
        "news",
        adoption,
        text="Ten stand.",
        spent="1500000",
        photo_1=photo,
        words_1="Ten benches",
    )

    update = DeliveryUpdate.objects.get()
    assert update.spent == 1_500_000
    assert update.photos.get().alternative_text == "Ten benches"


def test_photo_without_words_is_refused_and_the_text_stays(at_desk, adoption):
    photo = SimpleUploadedFile("benches.png", picture(), "image/png")

    page = sent(at_desk, "news", adoption, status=422, text="Ten stand.", photo_1=photo)

    assert "Please say what the picture shows." in page
    assert "Ten stand." in page
    assert not DeliveryUpdate.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"spent": "1.5"},
        {"spent": "-3"},
        {"spent": "9" * 30},
        {"spent": "much"},
        {"text": " \u200b "},
        {"photo_1": SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml"), "words_1": "A"},
    ],
    ids=["parts of a won", "below nothing", "too much", "no number", "invisible", "svg"],
)
def test_bad_news_is_refused(at_desk, adoption, values):
    sent(at_desk, "news", adoption, status=422, **{"text": "Ten stand.", **values})

    assert not DeliveryUpdate.objects.exists()


def test_amount_is_not_asked_for_without_a_currency(at_desk, adoption):
    Adoption.objects.filter(pk=adoption.pk).update(currency="")

    form = at_desk.get(address("news", adoption.uuid)).context["form"]

    assert "spent" not in form.fields
