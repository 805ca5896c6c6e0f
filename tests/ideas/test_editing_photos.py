"""An author adds photos to an idea that is filed, by the rules of new ones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.uploads import receive
from civic_sourcing.ideas.actions import EditIdea
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaChange, IdeaFile
from civic_sourcing.ideas.writing.versions import shown_versions
from tests.ideas.writing_town import ask, photo

WORDS = {"title": "Benches by the river", "description": "People want to sit down.", "tags": ""}


@pytest.fixture
def asked(forum):
    return ask(forum, photos="optional")


@pytest.fixture
def save(client, idea, author):
    """Send the form as a browser does."""
    client.force_login(author)

    def send(**words):
        return client.post(f"{idea.url}edit/", {**WORDS, **words})

    return send


def photos(idea):
    rows = IdeaFile.objects.photos().filter(contribution=idea.contribution)
    return list(rows.values_list("alternative", flat=True))


def test_author_adds_a_photo_and_the_versions_show_it(asked, save, idea, client):
    answer = save(photo=photo(), alternative="A bench below a tree")

    assert answer.status_code == 302
    assert photos(idea) == ["A bench below a tree"]
    assert IdeaChange.objects.get().parts == ["files"]
    newest = shown_versions(idea.contribution)[0]
    assert (newest.number, newest.parts) == (2, "photos")
    versions = client.get(f"{idea.url}versions/").content.decode()
    assert "A bench below a tree" in versions
    assert 'alt="A bench below a tree"' in client.get(idea.url).content.decode()


def test_photo_is_no_change_of_what_people_support(asked, save, idea):
    save(photo=photo(), alternative="A bench below a tree")

    assert not IdeaChange.objects.get().is_material


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.mark.parametrize(
    ("files", "words", "sentence"),
    [
        ({"photo": photo}, "", "Please say what the photo shows."),
        ({"photo": photo}, " \u200b ", "Please say what the photo shows."),
        ({}, "A bench", "Please choose a photo."),
        (
            {"photo": lambda: SimpleUploadedFile("a.svg", SVG, "image/svg+xml")},
            "A drawing",
            "civic-error",
        ),
        (
            {"photo": lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")},
            "A plan",
            "civic-error",
        ),
    ],
    ids=["no words", "invisible words", "no photo", "svg", "pdf"],
)
def test_what_is_no_photo_with_words_is_refused_and_typed_words_stay(
    files, words, sentence, asked, save, idea
):
    sent = {name: make() for name, make in files.items()}

    answer = save(alternative=words, note="My own words.", **sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "My own words." in page
    assert photos(idea) == []


def test_lost_photo_is_asked_for_again(asked, save):
    page = save(photo=photo(), alternative="A bench", title=" ").content.decode()

    assert "Please choose the photo again" in page


def test_form_that_asks_for_no_photos_takes_none(forum, save, idea, client, author):
    ask(forum, photos="no")

    save(photo=photo(), alternative="A bench")

    assert photos(idea) == []
    with pytest.raises(ActionRefused) as refused:
        EditIdea(idea, by=author, **values(photos=[(received(), "A bench")])).execute()
    assert refused.value.code == "too-many-photos"


def received():
    return receive(photo())


def values(**more):
    return {"title": WORDS["title"], "description": WORDS["description"], **more}


def test_there_is_room_for_as_many_as_when_proposing(asked, save, idea, author):
    most = conf.IDEA_PHOTOS
    shown = [(received(), f"Bench {number}") for number in range(most)]
    EditIdea(idea, by=author, **values(photos=shown)).execute()

    answer = save(photo=photo(), alternative="One more")

    assert "There is no room for more photos." in answer.content.decode()
    assert photos(idea) == [f"Bench {number}" for number in range(most)]


def test_photo_takes_the_place_of_one_taken_out(asked, save, idea, author):
    shown = [(received(), f"Bench {number}") for number in range(conf.IDEA_PHOTOS)]
    EditIdea(idea, by=author, **values(photos=shown)).execute()
    first = IdeaFile.objects.photos().first()

    save(photo=photo(), alternative="A better one", removed=[str(first.uuid)])

    assert photos(idea) == [*(words for _photo, words in shown[1:]), "A better one"]


def test_forum_that_wants_a_photo_keeps_one(forum, save, idea, author):
    ask(forum, photos="required")
    EditIdea(idea, by=author, **values(photos=[(received(), "A bench")])).execute()
    only = IdeaFile.objects.get()

    answer = save(removed=[str(only.uuid)])

    assert "Please add a photo." in answer.content.decode()
    assert photos(idea) == ["A bench"]


@pytest.mark.parametrize("words", ["", " \n "], ids=["none", "white space"])
def test_action_takes_no_photo_without_words(words, asked, idea, author):
    with pytest.raises(ActionRefused) as refused:
        EditIdea(idea, by=author, **values(photos=[(received(), words)])).execute()

    assert refused.value.code == "no-alternative-text"


def test_neighbour_adds_nothing(asked, client, idea, neighbour):
    client.force_login(neighbour)

    answer = client.post(f"{idea.url}edit/", {**WORDS, "photo": photo(), "alternative": "Mine"})

    assert answer.status_code == 404
    assert photos(idea) == []
