"""What a public name may be, and whose name nobody else may bear."""

import unicodedata

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.participants.confusables import (
    _LOWER,
    _UPPER,
    mixed_words,
    skeleton,
)
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.names import (
    SENTENCES,
    NameRefused,
    check_characters,
    check_name,
)

REFUSED = [
    pytest.param("Mi\x07na", "control-characters", id="bell"),
    pytest.param("Mi\tna", "control-characters", id="tab"),
    pytest.param("Mina\nHan", "control-characters", id="line break"),
    pytest.param("Mina\ud800", "control-characters", id="half a surrogate"),
    pytest.param("Mina\u202enaH", "direction-characters", id="right-to-left override"),
    pytest.param("\u2067Mina\u2069", "direction-characters", id="isolate"),
    pytest.param("Mi\u200bna", "invisible-characters", id="zero-width space"),
    pytest.param("Mi\u00adna", "invisible-characters", id="soft hyphen"),
    pytest.param("Mina\ufeff", "invisible-characters", id="byte order mark"),
    pytest.param("\u200b\u2060\ufeff", "blank", id="only invisible"),
    pytest.param("\u3164\u3164", "blank", id="only Hangul fillers"),
    pytest.param("\u202e\u202c", "blank", id="only direction marks"),
    pytest.param("\u0301\u0302", "blank", id="only marks"),
    pytest.param("1234", "no-letters", id="digits"),
    pytest.param("☺☺☺", "no-letters", id="pictures"),
    pytest.param("n" * 51, "too-long", id="one character too many"),
    pytest.param("a" + "\u0301" * 500, "too-long", id="a heap of marks"),
    pytest.param("한" * 51, "too-long", id="one syllable too many"),
    pytest.param("mina@example.org", "address", id="e-mail address"),
    pytest.param("https://example.org", "address", id="web address"),
    pytest.param("www.example.org", "address", id="web address without scheme"),
    pytest.param("former participant 7f3a", "tombstone", id="tombstone"),
    pytest.param("Former Pаrticipant", "tombstone", id="tombstone in Cyrillic"),
    pytest.param("탈퇴한 참여자 7f3a", "tombstone", id="Korean tombstone"),
]


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_a_name_is_refused_for_its_own_reason(db, name, code):
    with pytest.raises(NameRefused) as refusal:
        check_name(name)

    assert refusal.value.code == code


def test_every_reason_has_its_own_sentence():
    assert len({str(sentence) for sentence in SENTENCES.values()}) == len(SENTENCES)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Mina Han", id="plain"),
        pytest.param("한미나", id="Korean"),
        pytest.param("Łukasz Żółć", id="Polish"),
        pytest.param("O'Neill-Śmith 2", id="signs and digit"),
        pytest.param("أمينة", id="Arabic"),
        pytest.param("Ми́на", id="Cyrillic with an accent"),
        pytest.param("K팝러버", id="Latin beside Hangul"),
        pytest.param("Mina 👩‍👧", id="family"),
        pytest.param("한" * 50, id="as long as can be"),
    ],
)
def test_an_ordinary_name_is_taken_as_it_is(db, name):
    if "\u200d" in name:
        with pytest.raises(NameRefused):
            check_name(name + "\u200b")

    assert check_name(name) == unicodedata.normalize("NFC", name)


def test_decomposed_letters_are_composed_and_counted_once(db):
    name = unicodedata.normalize("NFD", "한미나" * 10)

    assert check_name(name) == "한미나" * 10


LOOKALIKES = [
    pytest.param("Admin", "Аdmin", id="Cyrillic А"),
    pytest.param("Admin", "ADMlN", id="l for I"),
    pytest.param("Admin", "Ａｄｍｉｎ", id="fullwidth"),
    pytest.param("Admin", "𝐀𝐝𝐦𝐢𝐧", id="mathematical bold"),
    pytest.param("Admin", "Àdmín", id="accents"),
    pytest.param("Admin", "A d m i n", id="spaces"),
    pytest.param("Admin", "A.d-m_i.n", id="punctuation"),
    pytest.param("Admin", "@dm1n", id="signs and digits"),
    pytest.param("Yuna Choi", "Yunа Choі", id="Cyrillic а and і"),
    pytest.param("Yuna Choi", "Υuna Chοi", id="Greek Υ and ο"),
    pytest.param("Yuna Choi", "YUNA CH0I", id="zero for O"),
    pytest.param("Yuna Choi", "yuna choi", id="case"),
    pytest.param("Marion", "Rnаrion".replace("Rn", "rn"), id="rn for m"),
    pytest.param("최유나", "최유나", id="Korean"),
    pytest.param("최유나", "최 유나", id="Korean with a space"),
]


@pytest.mark.parametrize(("theirs", "name"), LOOKALIKES)
def test_nobody_takes_the_name_of_an_official_in_whatever_letters(make_official, theirs, name):
    make_official("official", first_name=theirs)

    with pytest.raises(NameRefused) as refusal:
        check_name(name)

    assert refusal.value.code == "protected"


def test_names_that_merely_resemble_are_taken(official):
    assert check_name("Yuna Cho") == "Yuna Cho"


@pytest.mark.parametrize(
    ("kwargs", "protected"),
    [
        pytest.param({"is_superuser": True}, True, id="superuser"),
        pytest.param({"is_staff": True}, True, id="staff"),
        pytest.param({"is_staff": True, "is_active": False}, False, id="left the city"),
        pytest.param({}, False, id="another citizen"),
    ],
)
def test_who_acts_for_the_city_has_a_protected_name(make_user, kwargs, protected):
    make_user("somebody", first_name="Sora", last_name="Jung", **kwargs)

    if protected:
        with pytest.raises(NameRefused):
            check_name("Sora Jung")
    else:
        assert check_name("Sora Jung") == "Sora Jung"


@pytest.mark.parametrize("role", ["official", "moderator", "steward"])
def test_every_role_protects_a_name(make_official, role):
    make_official("sora", role=role, first_name="Sora")

    with pytest.raises(NameRefused):
        check_name("Sora")


def test_the_chosen_name_of_an_official_is_protected_too(official):
    Participant.objects.of(official)
    Participant.objects.filter(user=official).update(name="Parks Office")

    with pytest.raises(NameRefused):
        check_name("Pаrks 0ffice")


def test_officials_may_be_namesakes(official, make_official):
    namesake = make_official("yuna2")

    assert check_name("Yuna Choi", bearer=namesake) == "Yuna Choi"


@override_settings(CIVIC_SOURCING={"PROTECTED_NAMES": ["City of Neulbom"]})
def test_the_town_protects_names_of_its_own(db):
    with pytest.raises(NameRefused):
        check_name("Сity of NeuIbom")


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        pytest.param({"first_name": "Mina", "last_name": "Han"}, "Mina Han", id="full name"),
        pytest.param({}, "mina", id="user name"),
        pytest.param({"first_name": "Аdmin"}, "mina", id="full name like an administrator's"),
        pytest.param({"username": "mina@example.org"}, "", id="user name is an address"),
        pytest.param({"username": "administrator"}, "", id="user name pretends"),
    ],
)
def test_a_new_participant_is_called_as_the_account_if_that_can_be_shown(db, account, expected):
    user = get_user_model().objects.create_user(**{"username": "mina", **account})

    participant = Participant.objects.of(user)

    assert participant.name == expected
    assert participant.public_name == (expected or f"participant {participant.number}")
    assert "@" not in participant.public_name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("Minа Han", ["Minа"], id="Cyrillic in a Latin word"),
        pytest.param("Мина Han", [], id="two scripts in two words"),
        pytest.param("K팝 팬", [], id="Latin beside Hangul"),
        pytest.param("Αlpha-Beta", ["Αlpha"], id="Greek in a Latin word"),
    ],
)
def test_words_that_mix_scripts_are_flagged(name, words):
    assert mixed_words(name) == words


LATIN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ", min_size=1, max_size=30)
TWINS = {}
for other, plain in (_UPPER | _LOWER).items():
    if plain.isalpha():
        TWINS.setdefault(plain, []).append(other)


@given(name=LATIN, data=st.data())
def test_no_exchange_of_look_alikes_changes_the_skeleton(name, data):
    disguised = "".join(
        data.draw(st.sampled_from([letter, *TWINS.get(letter, [])]), label=letter)
        for letter in name
    )

    assert skeleton(disguised) == skeleton(name)


@given(name=st.text(max_size=60))
def test_form_case_and_accents_do_not_change_the_skeleton(name):
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(name)
    assert skeleton(f" {name} ") == skeleton(name)
    assert all(character.isalnum() for character in skeleton(name))


@given(name=st.text(max_size=200))
def test_what_is_taken_is_visible_short_and_stays_as_it_is(name):
    try:
        taken = check_characters(name)
    except NameRefused as refusal:
        assert refusal.code in SENTENCES
        return

    assert check_characters(taken) == taken
    assert len(taken) <= 150
    assert taken.strip() == taken
    assert not set(taken) & set("\u202e\u200b\n\t\x00")
