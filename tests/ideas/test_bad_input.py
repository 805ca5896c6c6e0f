"""What people and machines send that cannot be: a clear sentence, nothing lost, never a 500."""

import uuid

import pytest
from django.test import Client, override_settings

from civic_sourcing.ideas.models import IdeaDraft, IdeaFile, IdeaPage, Support
from tests.core.pictures import sent
from tests.ideas.conftest import open_phase
from tests.ideas.writing_town import OPTIONAL, Writer, ask

MEGABYTE = 1024 * 1024
TOO_LARGE = b"\xff\xd8\xff" + b"0" * (12 * MEGABYTE)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def writer(client, citizen, forum):
    client.force_login(citizen)
    return Writer(client, forum)


def shown(response):
    return response.content.decode()


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param({"title": "   "}, "Please give it a title", id="white space"),
        pytest.param({"title": "\t\u3000\xa0"}, "Please give it a title", id="wide space"),
        pytest.param({"title": "\u200b\u2060"}, "Please give it a title", id="invisible"),
        pytest.param({"title": "\u3164\u115f"}, "Please give it a title", id="filler"),
        pytest.param({"title": "\u202e\u202c"}, "Please give it a title", id="bidi"),
        pytest.param({"description": "\u200b \n "}, "Please write a description", id="no words"),
        pytest.param({"description": "x" * 10_001}, "This text is too long", id="10,001"),
        pytest.param({"description": "가" * 10_001}, "This text is too long", id="10,001 가"),
        pytest.param({"title": "x" * 10_001}, "This text is too long", id="title of 10,001"),
    ],
)
def test_words_that_cannot_be_get_a_sentence_and_all_is_kept(writer, words, sentence):
    told = {"title": "Benches by the river", "description": "People want to sit down."}

    step = writer.begin(**words)
    published = writer.publish(**{**told, **words})

    for answer in (step, published):
        assert answer.status_code == 200
        assert sentence in shown(answer)
    kept = IdeaDraft.objects.get().words
    assert all(kept[name] == told[name] for name in told if name not in words)
    assert not IdeaPage.objects.exists()


def test_too_long_a_text_is_there_to_be_shortened(writer):
    text = "Benches, " * 1_200

    answer = writer.begin(description=text)

    assert shown(answer).count("Benches, ") >= 1_200
    assert IdeaDraft.objects.get().words["description"].startswith(text[:10_000])


# Files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "claimed", "sentence"),
    [
        pytest.param(
            b"\xff\xd8\xff" + b"0" * (12 * MEGABYTE),
            "big.jpg",
            "image/jpeg",
            "too large",
            id="12 MB",
        ),
        pytest.param(SVG, "drawing.svg", "image/svg+xml", "SVG", id="SVG"),
        pytest.param(SVG, "photo.jpg", "image/jpeg", "SVG", id="SVG called a photo"),
        pytest.param(b"", "empty.png", "image/png", "empty", id="empty"),
    ],
)
def test_file_that_cannot_be_is_answered_at_its_field(
    writer, forum, content, name, claimed, sentence
):
    ask(forum, photos=OPTIONAL)
    writer.begin()
    file = sent(content, name, claimed)

    answer = writer.send("add:photo", "files", photo=file, alternative="A bench of oak")

    assert answer.status_code == 200
    assert sentence in shown(answer)
    assert "A bench of oak" in shown(answer)
    assert not IdeaFile.objects.exists()
    assert IdeaDraft.objects.get().words["title"] == "Benches by the river"


# Places -------------------------------------------------------------------------------------------


@override_settings(CIVIC_SOURCING={"TOWN_BOUNDS": (37.4, 126.7, 37.7, 127.2)})
def test_spot_outside_the_town_is_no_spot_at_publishing_either(writer, forum):
    ask(forum, location=OPTIONAL)
    writer.begin()

    step = writer.send(step="about", coordinates="52.5, 13.4")
    published = writer.publish(coordinates="52.5, 13.4")

    assert "outside of the town" in shown(step)
    assert "outside of the town" in shown(published)
    assert "52.5, 13.4" in shown(published)
    assert not IdeaPage.objects.exists()


# Lists --------------------------------------------------------------------------------------------

NONSENSE = [
    pytest.param({"page": "9" * 300}, id="page of 300 digits"),
    pytest.param({"page": "-1"}, id="page below nothing"),
    pytest.param({"page": "１"}, id="page in wide digits"),
    pytest.param({"page": "0x1"}, id="page in hexadecimal"),
    pytest.param({"sort": "author__password"}, id="sort by a password"),
    pytest.param({"sort": "-contribution__author__user__password"}, id="sort by a password, down"),
    pytest.param({"sort": "?"}, id="sort by chance"),
    pytest.param({"stage": "9" * 300}, id="stage"),
    pytest.param({"category": "' OR 1=1 --"}, id="category"),
    pytest.param({"q": "\x00%_\\' OR"}, id="search"),
    pytest.param({"q": "가" * 5_000}, id="search of 5,000 syllables"),
    pytest.param({"until": "9" * 300}, id="until"),
]


@pytest.mark.parametrize("query", NONSENSE)
@pytest.mark.parametrize("path", ["", "feed/", "geojson/"])
def test_nonsense_in_an_address_of_the_list_is_no_error(client, forum, idea, query, path):
    answer = client.get(forum.url + path, query)

    assert answer.status_code == 200


# Twice and too late -------------------------------------------------------------------------------


def test_publishing_pressed_twice_makes_one_idea(writer):
    writer.begin()

    first, second = (writer.publish() for _press in range(2))

    assert first.redirect_chain[-1][0] == second.redirect_chain[-1][0] == IdeaPage.objects.get().url


def test_support_pressed_twice_is_one_support(client, idea, neighbour):
    client.force_login(neighbour)

    answers = [client.post(idea.url + "support/", follow=True) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Support.objects.count() == 1


@pytest.mark.parametrize("step", ["publish", "next", "save"])
def test_phase_that_closes_while_the_form_is_open_costs_no_word(writer, forum, step):
    writer.begin(description="A long text about benches.")
    open_phase(forum, "review")

    answer = writer.send(
        step, "check", title="Benches of oak", description="A long text about oak."
    )

    assert answer.status_code == 409
    assert "not open" in shown(answer) or "closed" in shown(answer)
    assert "A long text about oak." in shown(answer)
    assert IdeaDraft.objects.get().words["description"] == "A long text about oak."
    assert not IdeaPage.objects.exists()


# At once ------------------------------------------------------------------------------------------


def browser(user, number):
    client = Client(REMOTE_ADDR=f"10.0.0.{number}")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def words(number=0):
    return {
        "title": "Benches by the river",
        "description": "People want to sit down.",
        "tags": "park, new",
        "request_key": str(uuid.UUID(int=number + 1)),
        "offered": "",
    }


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_browsers_publishing_at_once_make_fifty_ideas(
    forum, make_citizen, run_in_parallel, settings
):
    """All of one title, and so nobody is asked whether theirs is another's."""
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "SIMILAR_OFFERED": 0}
    browsers = [browser(make_citizen(f"citizen{number}"), number) for number in range(50)]

    def publish(number):
        return browsers[number].post(forum.url + "propose/", words(number)).status_code

    answers = run_in_parallel(50, publish)

    assert answers == [302] * 50
    assert IdeaPage.objects.count() == IdeaPage.objects.values("slug").distinct().count() == 50
    assert IdeaPage.find_problems() == ([], [], [], [], [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_publish_at_once_make_one_idea(forum, citizen, run_in_parallel):
    browsers = [browser(citizen, 1) for _press in range(4)]

    answers = run_in_parallel(4, lambda n: browsers[n].post(forum.url + "propose/", words()))

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url for answer in answers} == {IdeaPage.objects.get().url}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_support_at_once_are_one_support(idea, neighbour, run_in_parallel):
    browsers = [browser(neighbour, 1) for _press in range(4)]

    answers = run_in_parallel(4, lambda n: browsers[n].post(idea.url + "support/"))

    assert {answer.status_code for answer in answers} == {302}
    assert Support.objects.count() == 1
