"""Ideas are written step by step, and nothing typed is lost on the way."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from civic_sourcing.ideas.models import Category, FormReply, IdeaDraft, IdeaFile, IdeaPage
from civic_sourcing.ideas.writing.drafts import forget_old
from tests.ideas.conftest import open_phase
from tests.ideas.writing_town import OPTIONAL, REQUIRED, Writer, ask, photo, question


def shown(response):
    return response.content.decode()


@pytest.fixture
def writer(client, citizen, forum):
    client.force_login(citizen)
    return Writer(client, forum)


@pytest.fixture
def stranger(forum):
    return Writer(Client(), forum)


# Steps --------------------------------------------------------------------------------------------


def test_plain_form_has_two_steps(writer):
    writer.begin(tags="park")
    published = writer.publish()

    assert "Your idea is published." in shown(published)
    idea = IdeaPage.objects.get()
    assert (idea.title, [tag.name for tag in idea.tags.all()]) == ("Benches by the river", ["park"])


def test_step_that_is_wrong_is_kept_and_shown_again(writer):
    answer = writer.begin(title="", description="Words I will not type twice.")

    assert "Please give it a title." in shown(answer)
    assert "Words I will not type twice." in shown(answer)
    assert IdeaDraft.objects.get().words["description"] == "Words I will not type twice."


def test_everything_a_forum_asks_is_filed_with_the_idea(writer, forum):
    ask(forum, location=OPTIONAL, photos=OPTIONAL, category=REQUIRED)
    green = Category.objects.create(process=forum.process, code="green", names={"en": "Green"})
    who = question(forum)
    much = question(forum, "number", "How many?")
    when = question(forum, "date", "By when?")
    which = question(forum, "choice", "Which bank?", choices=[{"en": "North"}, {"en": "South"}])
    plan = question(forum, "file", "A plan")

    writer.begin()
    writer.send(
        step="about",
        category=green.pk,
        address="River Road 5",
        coordinates="37.5665, 126.978",
        **{
            who.field_name: "Everybody",
            much.field_name: "12",
            when.field_name: "2030-05-01",
            which.field_name: "1",
        },
    )
    writer.send("add:photo", "files", photo=photo(), alternative="A bench without a back")
    writer.send(f"add:{plan.field_name}", "files", **{plan.field_name: photo("plan.png")})
    check = writer.send("next", "files")
    writer.publish()

    assert "A bench without a back" in shown(check)
    idea = IdeaPage.objects.get()
    assert (idea.category, idea.address) == (green, "River Road 5")
    assert (float(idea.latitude), float(idea.longitude)) == (37.5665, 126.978)
    replies = FormReply.objects.filter(contribution=idea.contribution)
    assert dict(replies.values_list("question_text", "value")) == {
        "Who profits?": "",
        "How many?": "12",
        "By when?": "2030-05-01",
        "Which bank?": "1",
    }
    assert idea.contribution.idea_files.count() == 2
    page = shown(writer.client.get(idea.url))
    for words in ("River Road 5", "Everybody", "South", "A bench without a back", "Green"):
        assert words in page


def test_replies_place_and_photos_are_part_of_the_published_text(writer, forum):
    ask(forum, location=OPTIONAL, photos=OPTIONAL)
    who = question(forum)
    writer.begin()
    writer.send(step="about", address="River Road 5", **{who.field_name: "Everybody"})
    writer.send("add:photo", "files", photo=photo(), alternative="A bench")
    writer.publish()

    contribution = IdeaPage.objects.get().contribution
    version = contribution.versions.get()

    assert version.text == (
        "People want to sit down.\n\nWho profits?\nEverybody\n\nRiver Road 5\n\n[A bench]"
    )
    assert contribution.kind_of.canonical(contribution) == (version.title, version.text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param({"coordinates": "north pole"}, "Please type latitude and", id="words"),
        pytest.param({"coordinates": "95, 10"}, "Please type latitude and", id="not on earth"),
        pytest.param({"coordinates": "1e400, 0"}, "Please type latitude and", id="no number"),
        pytest.param({"coordinates": "52.5, 13.4"}, "outside of the town", id="elsewhere"),
        pytest.param({}, "Please say where it is", id="nothing"),
    ],
)
def test_place_that_cannot_be_is_answered_at_its_field(writer, forum, words, said):
    ask(forum, location=REQUIRED)
    writer.begin()

    with override_settings(CIVIC_SOURCING=TOWN):
        answer = writer.send(step="about", **words)

    assert said in shown(answer)


TOWN = {"TOWN_BOUNDS": (37.4, 126.7, 37.7, 127.2)}


@override_settings(CIVIC_SOURCING={**TOWN, "MAP_TILES": "/tiles/{z}/{x}/{y}.png"})
def test_place_is_picked_on_the_map_without_a_script(writer, forum):
    ask(forum, location=OPTIONAL)
    writer.begin()
    address = {"draft": writer.draft, "step": "about", "address": "River Road 5"}

    page = writer.client.post(
        writer.url, {**address, "spot.x": "144", "spot.y": "144"}, follow=True
    )

    field = page.context["form"]["coordinates"].value()
    latitude, longitude = (float(part) for part in field.split(","))
    assert (round(latitude, 1), round(longitude, 2)) == (37.6, 126.95)
    assert "civic-pick-mark" in shown(page)
    assert "River Road 5" in shown(page)


@override_settings(CIVIC_SOURCING=TOWN)
@pytest.mark.parametrize("pressed", [("0", "0"), ("-5", "9"), ("x", "y"), ("9" * 300, "1")])
def test_return_key_and_made_up_places_pick_nothing(writer, forum, pressed):
    ask(forum, location=OPTIONAL)
    writer.begin()

    answer = writer.client.post(
        writer.url,
        {"draft": writer.draft, "step": "about", "spot.x": pressed[0], "spot.y": pressed[1]},
        follow=True,
    )

    assert answer.status_code == 200
    assert not IdeaDraft.objects.get().words.get("coordinates")


def test_photo_needs_words_for_who_cannot_see_it(writer, forum):
    ask(forum, photos=REQUIRED)
    writer.begin()

    answer = writer.send("add:photo", "files", photo=photo(), alternative=" ")

    assert "Please say what the photo shows." in shown(answer)
    assert not IdeaFile.objects.exists()


def test_idea_without_the_photo_everybody_needs_is_not_published(writer, forum):
    ask(forum, photos=REQUIRED)
    writer.begin()

    answer = writer.publish()

    assert "Please add a photo." in shown(answer)
    assert not IdeaPage.objects.exists()


def test_text_to_begin_with_is_no_idea_yet(writer, forum):
    ask(forum, prefilled={"en": "Problem:\n\nProposal:"})

    assert "Proposal:" in shown(writer.client.get(writer.url))
    answer = writer.begin(description="Problem:\n\nProposal:")

    assert "Please write a description." in shown(answer)


# Drafts -------------------------------------------------------------------------------------------


def test_draft_waits_for_who_signs_in_elsewhere(writer, forum, citizen):
    writer.send("save", title="Half a thought")

    other_device = Client()
    other_device.force_login(citizen)
    page = shown(other_device.get(writer.url))

    assert "Half a thought" in page


def test_draft_begun_before_signing_in_is_taken_over(stranger, forum, citizen):
    stranger.begin()
    led = stranger.client.post(
        stranger.url, {"go": "publish", "step": "check", "draft": stranger.draft}
    )
    stranger.client.post(led.url, {"login": citizen.username, "password": "demo"})

    page = shown(stranger.client.get(stranger.url))
    stranger.publish()

    assert "Benches by the river" in page
    assert IdeaPage.objects.get().author.user == citizen
    assert IdeaDraft.objects.get().participant.user == citizen


@pytest.mark.parametrize("who", ["nobody", "neighbour"])
def test_nobody_else_reads_changes_or_publishes_a_draft(writer, forum, request, who):
    ask(forum, photos=OPTIONAL)
    writer.begin()
    writer.send("add:photo", "files", photo=photo(), alternative="A bench")
    file = IdeaFile.objects.get()
    other = Writer(Client(), forum)
    if who == "neighbour":
        other.client.force_login(request.getfixturevalue(who))
    other.draft = writer.draft

    page = shown(other.client.get(f"{writer.url}?draft={writer.draft}&step=check"))
    other.send("discard")

    assert "Benches by the river" not in page
    assert other.client.get(f"{writer.url}files/{file.uuid}/").status_code == 404
    assert other.client.get(file.get_absolute_url()).status_code == 404
    assert IdeaDraft.objects.filter(uuid=writer.draft).exists()
    assert writer.client.get(f"{writer.url}files/{file.uuid}/").status_code == 200


def test_button_pressed_twice_leads_to_the_one_idea(writer):
    writer.begin()
    writer.publish()

    again = writer.publish()

    assert IdeaPage.objects.count() == 1
    assert again.redirect_chain[-1][0].endswith(IdeaPage.objects.get().url)


def test_forum_that_closes_meanwhile_keeps_every_word(writer, forum):
    writer.begin(description="A long text about benches.")
    open_phase(forum, "review")

    answer = writer.publish()
    page = shown(writer.client.get(writer.url))

    assert answer.status_code == 409
    assert "A long text about benches." in shown(answer)
    assert "A long text about benches." in page
    assert not IdeaPage.objects.exists()


def test_what_is_typed_is_saved_while_it_is_typed(writer):
    answer = writer.client.post(
        writer.url,
        {"go": "save", "step": "idea", "title": "Half"},
        headers={"HX-Request": "true"},
    )

    assert str(IdeaDraft.objects.get().uuid) in shown(answer)
    assert "<html" not in shown(answer)


def test_draft_can_be_thrown_away(writer, forum):
    ask(forum, photos=OPTIONAL)
    writer.begin()
    writer.send("add:photo", "files", photo=photo(), alternative="A bench")

    writer.send("discard")

    assert not IdeaDraft.objects.exists()
    assert not IdeaFile.objects.exists()


def test_old_drafts_are_forgotten(writer, stranger):
    writer.begin()
    stranger.begin()
    now = timezone.now()

    assert forget_old(now + timedelta(days=8)) == "1 forgotten"
    assert forget_old(now + timedelta(days=91)) == "1 forgotten"


@override_settings(CIVIC_SOURCING={"IDEA_DRAFTS_PER_HOUR": 1})
def test_store_is_not_filled_by_somebody_unsigned(forum):
    answers = [Writer(Client(), forum).begin().status_code for _ in range(2)]

    assert answers == [200, 429]


@pytest.mark.parametrize("number", ["x", "'", "0" * 300, ""])
def test_made_up_number_of_a_draft_is_no_error(writer, number):
    assert writer.client.get(writer.url, {"draft": number, "step": number}).status_code == 200
