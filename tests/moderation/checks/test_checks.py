"""What each check that comes with the package says, and to what it says nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from civic_sourcing.moderation.checks import registry, repetition
from civic_sourcing.moderation.checks.registry import examine
from civic_sourcing.moderation.checks.texts import ContentCheck, Hit
from civic_sourcing.moderation.models import KnownText, WordList
from civic_sourcing.participants.models import Participant

LONG = "People want to sit down by the river and look at the ducks."


def test_ordinary_text_passes_all_checks(codes, word_list):
    word_list("idiot")

    assert codes(LONG) == {}


@pytest.mark.parametrize(
    ("is_new", "links", "found"),
    [
        pytest.param(True, 2, False, id="newcomer with two"),
        pytest.param(True, 3, True, id="newcomer with three"),
        pytest.param(False, 10, False, id="somebody known with ten"),
        pytest.param(False, 11, True, id="somebody known with eleven"),
    ],
)
def test_links_beyond_the_limit_are_held(codes, is_new, links, found):
    words = " ".join(f"https://example.org/{number}" for number in range(links))

    assert ("too-many-links" in codes(words, is_new=is_new)) is found


@pytest.mark.parametrize(
    ("words", "links"),
    [
        pytest.param("see https://a.example/b?c=d.com", 1, id="one address"),
        pytest.param("www.example.org and example.com/x", 2, id="without scheme"),
        pytest.param("casino-bonus.top 늘봄.한국", 2, id="bare domains"),
        pytest.param("write to mina@example.com", 0, id="e-mail"),
        pytest.param("e.g. the river. Then", 0, id="sentences"),
        pytest.param("version 2.0.1", 0, id="numbers"),
    ],
)
def test_links_are_counted(text, settings, words, links):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "LINKS_NORMAL": 0}

    found = [hit for hit in examine(text(words)) if hit.code == "too-many-links"]

    assert [hit.explanation["links"] for hit in found] == ([links] if links else [])


def test_shouting_is_marked(codes):
    assert codes("BUILD THE BENCHES AT LAST, I HAVE WAITED LONG ENOUGH") == {"all-capitals": "mark"}


@pytest.mark.parametrize(
    "words", ["VAT AND GDP", "벤치를 놓아 주세요. " * 20, "Ärger Über Öl " * 9]
)
def test_few_capitals_and_scripts_without_them_are_not_shouting(codes, words):
    assert "all-capitals" not in codes(words)


@pytest.mark.parametrize("verdict", WordList.Verdict)
def test_word_of_a_list_gets_the_lists_verdict(codes, word_list, verdict):
    words = word_list("idiot", verdict=verdict)

    assert codes("You idiot") == {f"list-{words.pk}": verdict}


def test_place_of_a_word_is_told_without_quoting_it(text, word_list):
    words = word_list("idiot*")

    (hit,) = examine(text("An idiotic plan", title="You IDIOT"))

    assert list(hit.spans) == [("title", 4, 9), ("text", 3, 8)]
    assert hit.explanation == {"list": words.pk, "places": 2, "disguised": 0}


@pytest.mark.parametrize(
    ("list_language", "text_language", "words", "found"),
    [
        pytest.param("en", "en", "idiot", True, id="same language"),
        pytest.param("en", "en-gb", "idiot", True, id="variant"),
        pytest.param("en", "ko", "idiot", False, id="another language"),
        pytest.param("", "ko", "idiot", True, id="list for all"),
        pytest.param("ko", "en", "바보 idiot", True, id="Korean on an English page"),
    ],
)
def test_lists_look_at_texts_of_their_language(
    codes, word_list, list_language, text_language, words, found
):
    word_list("idiot\n바보", language=list_language)

    assert bool(codes(words, language=text_language)) is found


def test_changed_and_retired_lists_are_noticed_at_once(codes, word_list):
    words = word_list("idiot")
    assert codes("idiot")

    words.words = "moron"
    words.save()
    assert not codes("idiot")
    assert codes("moron")

    words.retired = True
    words.save()
    assert not codes("moron")


@pytest.mark.parametrize("line", ["a", "id*ot", "x" * 101])
def test_list_with_a_line_nothing_can_be_found_by_is_not_taken(db, line):
    words = WordList(title="Insults", words=f"idiot\n{line}")

    with pytest.raises(ValidationError, match="Line 2"):
        words.full_clean()


@pytest.mark.parametrize(
    ("words", "code", "otherwise"),
    [
        ("010-1234-5678", "phone", "mark"),
        ("a@example.org", "email", "mark"),
        ("900101-1234567", "resident-number", "hold"),
        ("4111 1111 1111 1111", "card", "hold"),
    ],
)
def test_personal_data_is_offered_for_masking(text, words, code, otherwise):
    (hit,) = examine(text(words))

    assert (hit.code, hit.verdict, hit.otherwise) == (code, "offer", otherwise)


def test_own_text_again_in_the_same_process_is_refused(codes, handed_in, text, author):
    repetition.remember(handed_in(author), repetition.digest_of(text(LONG)), at=timezone.now())

    assert codes(LONG.upper().replace(" ", "  ")) == {
        "own-text-again": "refuse",
        "all-capitals": "mark",
    }


def test_text_that_was_taken_down_waits_when_it_comes_again(codes, handed_in, text, author):
    earlier = handed_in(author, state="removed")
    repetition.remember(earlier, repetition.digest_of(text(LONG)), at=timezone.now())

    assert codes(LONG) == {"taken-down-before": "hold"}


def test_same_text_of_several_people_waits(codes, handed_in, text, make_citizen):
    digest = repetition.digest_of(text(LONG))
    for number in range(2):
        assert codes(LONG) == {}
        one = handed_in(make_citizen(f"citizen{number}"))
        repetition.remember(one, digest, at=timezone.now())

    assert codes(LONG) == {"many-alike": "hold"}


def test_an_edit_is_not_taken_for_a_repetition_of_itself(codes, handed_in, text, author):
    own = handed_in(author)
    repetition.remember(own, repetition.digest_of(text(LONG)), at=timezone.now())

    assert codes(LONG, contribution=own) == {}


def test_short_texts_may_come_again(text):
    assert repetition.digest_of(text("I agree!", title="")) == ""


def test_old_texts_are_forgotten(handed_in, author):
    repetition.remember(handed_in(author), "x" * 32, at=timezone.now() - timedelta(days=31))

    assert repetition.forget_old(timezone.now()) == "1 forgotten"
    assert not KnownText.objects.exists()


def test_many_texts_in_a_short_time_wait(codes, handed_in, author, settings):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "FLOOD_COUNT": 3}
    long_ago = timezone.now() - timedelta(hours=1)
    for received_at in (timezone.now(), timezone.now(), long_ago):
        handed_in(author, received_at=received_at)
    assert codes() == {}

    handed_in(author)

    assert codes() == {"flood": "hold"}


@pytest.fixture
def official(make_citizen):
    return make_citizen("parkoffice", first_name="Mina", last_name="Olsen", is_staff=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("Mіna Olsen has promised it", True, id="Ukrainian i"),
        pytest.param("ask M1na Olsen", True, id="digit"),
        pytest.param("Mina Olsen has promised it", False, id="plainly"),
        pytest.param("mina olsen", False, id="small letters"),
    ],
)
def test_disguised_name_of_an_official_is_marked(codes, official, words, found):
    assert codes(words) == ({"disguised-name": "mark"} if found else {})


def test_somebody_named_like_an_official_waits(codes, official, make_citizen):
    someone = Participant.objects.of(make_citizen("someone"))
    Participant.objects.filter(pk=someone.pk).update(name="Mina 0lsen")
    someone.refresh_from_db()

    assert codes(author=someone) == {"public-name": "hold"}
    assert codes(author=Participant.objects.of(official)) == {}


class Complaining(ContentCheck):
    key = "complaining"
    label = "Complaining"

    def examine(self, text):
        yield Hit(self.key, "mark", "always")


class Failing(ContentCheck):
    key = "failing"
    label = "Failing"

    def examine(self, text):
        raise RuntimeError("a mistake")


@pytest.fixture
def register():
    made = []

    def add(check):
        registry.register_check(check)
        made.append(check.key)

    yield add
    for key in made:
        registry.unregister_check(key)


def test_a_town_can_bring_its_own_check(codes, register):
    register(Complaining())

    assert codes() == {"always": "mark"}


def test_a_check_that_fails_silences_nobody(codes, register, caplog):
    register(Failing())

    assert codes() == {}
    assert "failing" in caplog.text


def test_two_checks_cannot_share_a_key(register):
    register(Complaining())

    with pytest.raises(ValueError, match="complaining"):
        registry.register_check(type("Other", (Failing,), {"key": "complaining"})())


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        pytest.param({"capitals": "off"}, {}, id="check off"),
        pytest.param({"all-capitals": "off"}, {}, id="code off"),
        pytest.param({"capitals": "hold"}, {"all-capitals": "hold"}, id="check stricter"),
        pytest.param({"capitals": "off", "all-capitals": "hold"}, {}, id="off is off"),
    ],
)
def test_the_town_decides_what_a_check_does(codes, settings, verdicts, said):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "CHECK_VERDICTS": verdicts}

    assert codes("BUILD THE BENCHES AT LAST, I HAVE WAITED LONG ENOUGH") == said
