"""How plainly a text is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.challenges.readability import Level, readability, unexplained
from civic_sourcing.challenges.readability.english import syllables
from civic_sourcing.challenges.readability.sentences import sentences_of
from civic_sourcing.challenges.readability.vocabulary import plain_words

PLAIN = {
    "en": (
        "When it rains hard, water stands in the streets of the old town. Cars get stuck, and "
        "shops have to close. Last year this happened eleven times. We look for ideas that keep "
        "the water away or lead it off. You can enter alone or with others. Tell us what you would "
        "do, what it costs, and how long it takes."
    ),
    "ko": (
        "비가 많이 오면 옛 시가지 길에 물이 고입니다. 차가 다니지 못하고 가게는 문을 닫습니다. "
        "작년에는 이런 일이 열한 번 있었습니다. 물을 막거나 다른 곳으로 보내는 방법을 찾습니다. "
        "혼자 참여해도 되고 여럿이 함께해도 됩니다."
    ),
}
OFFICIAL = {
    "en": (
        "Pursuant to the aforementioned statutory authorities, the municipality solicits "
        "innovative methodologies that operationalize interdisciplinary stakeholder collaboration "
        "in order to facilitate comprehensive stormwater remediation, notwithstanding "
        "heterogeneous infrastructural constraints."
    ),
    "ko": (
        "금번 공모는 지역사회 현안해결을 도모하고 시민참여 거버넌스 활성화를 제고하기 위하여 "
        "유관기관 협력체계 구축과 연계하여 추진하는 사업의 일환으로서 수상자에게는 소정의 상금이 "
        "지급되며 제출서류 구비요건에 부합하지 아니하는 경우 심사대상에서 제외될 수 있음을 필히 "
        "숙지하여야 한다."
    ),
}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_everyday_words_are_plain_and_office_words_are_hard(language):
    plain = readability(PLAIN[language], language)
    official = readability(OFFICIAL[language], language)

    assert (plain.level, official.level) == (Level.PLAIN, Level.HARD)
    assert not plain.remarks
    assert {remark.kind for remark in official.remarks} == {"long-sentence", "hard-word"}


def test_a_hard_word_comes_with_a_plainer_one():
    remarks = readability("We utilize water prior to use. " * 8, "en").remarks

    assert [(each.text, each.hint) for each in remarks] == [
        ("utilize", "use"),
        ("prior to", "before"),
    ]


def test_a_text_too_short_to_measure_has_no_score():
    assert readability("Water stands.", "en").score is None


def test_a_language_nobody_measures_is_not_measured():
    assert readability(PLAIN["en"], "fr") is None


def test_a_regional_language_is_measured_like_its_base():
    assert readability(PLAIN["en"], "en-gb") == readability(PLAIN["en"], "en")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("water", 2), ("created", 3), ("walked", 1), ("needed", 2), ("idea", 3), ("science", 2),
        ("nation", 2), ("solution", 3), ("challenge", 2), ("judges", 2), ("community", 4),
        ("business", 3), ("houses", 2), ("the", 1), ("government", 3), ("GIS", 3), ("people", 2),
        ("building", 2), ("player", 2), ("great", 1), ("previous", 3), ("question", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_spelling(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It costs 3.5 euros. Really.", 2),
        ("See e.g. the map of Dr. Kim. It helps.", 2),
        ("A heading\nA sentence.", 2),
        ("- one\n- two", 2),
        ("비가 옵니다. 물이 고입니다!", 2),
        ("", 0),
    ],
    ids=["decimal", "abbreviation", "heading", "list", "korean", "nothing"],
)
def test_a_sentence_ends_where_a_reader_takes_breath(text, number):
    assert len(sentences_of(text)) == number


@given(st.lists(st.sampled_from(["rain", "water", "street", "a", "the"]), min_size=20, max_size=60))
def test_one_long_sentence_never_reads_easier_than_its_halves(words):
    whole = " ".join(words) + "."
    middle = len(words) // 2
    halves = f"{' '.join(words[:middle])}. {' '.join(words[middle:])}."

    assert readability(whole, "en").score <= readability(halves, "en").score


@given(st.text(max_size=300))
def test_any_text_is_measured_between_0_and_100(text):
    for language in ("en", "ko"):
        score = readability(text, language).score
        assert score is None or 0 <= score <= 100


@pytest.mark.parametrize(
    ("text", "glossary", "terms"),
    [
        ("The GIS helps.", {}, ["GIS"]),
        ("The GIS helps.", {"gis": "a map on a computer"}, []),
        ("The GIS helps.", {"gis": " "}, ["GIS"]),
        ("A geographic information system (GIS) helps. The GIS is free.", {}, []),
        ("GIS (geographic information system) helps.", {}, []),
        ("Write a PDF. Ask the EU.", {}, []),
        ("The APIs and the API", {}, ["API"]),
        ("World War II", {}, []),
        ("HOW TO ENTER NOW", {}, []),
        ("시는 지리정보시스템(GIS)과 API를 씁니다.", {}, ["API"]),
    ],
    ids=[
        "bare", "glossary", "empty meaning", "before brackets", "in brackets", "everyday",
        "plural", "number", "heading", "korean",
    ],
)  # fmt: skip
def test_an_acronym_is_explained_by_text_or_glossary(text, glossary, terms):
    assert unexplained(text, glossary) == terms


def test_a_plainer_word_is_never_a_hard_one_itself():
    for language in ("en", "ko"):
        words = plain_words(language)
        assert not set(words) & set(words.values())
