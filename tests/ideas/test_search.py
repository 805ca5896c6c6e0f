"""Finding ideas by words."""

import unicodedata

import pytest
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.ideas.models import IdeaTally, IdeaText
from civic_sourcing.ideas.search import found
from civic_sourcing.ideas.search.folding import pieces_of, terms_of, words_of
from civic_sourcing.ideas.search.index import (
    INDEX,
    SQLITE_TRIGGERS,
    check_module,
    install,
    is_installed,
)
from civic_sourcing.ideas.tags import read_tags

TEXTS = {
    "lot": ("공영주차장 확대", "시장 옆 공영주차장을 두 배로 넓혀 주세요. CCTV도 필요합니다."),
    "lot-apart": ("동네 공영 주차장", "밤에는 주차장이 늘 가득 찹니다."),
    "lot-only": ("주차장을 공원으로", "낡은 주차장을 작은 공원으로 바꿉시다."),
    "play": ("어린이놀이터 그늘막", "놀이터에는 그늘이 없어서 아이들이 더위를 먹습니다."),
    "water": ("물놀이장", "여름에 물이 흐르는 곳이 있으면 좋겠습니다."),
    "wifi": ("공공wifi존 늘리기", "버스정류장마다 Wi-Fi가 있으면 합니다. 3동부터 시작합시다."),
    "bike": ("자전거도로 연결", "강변에서 학교까지 자전거 도로를 이어 주세요."),
    "bench": ("Benches in the shade", "People want to sit down while they wait for buses."),
    "library": (
        "A library for every district",
        "Libraries should stay open until ten, with free Wi-Fi.",
    ),
    "parking": ("Parking for cyclists", "Covered racks beside the town hall. Café nearby."),
    "start": ("Start the market earlier", "Two cities have planned it, and the air is better."),
}

QUERIES = [
    ("주차장", {"lot", "lot-apart", "lot-only"}),
    ("주차장을", {"lot", "lot-apart", "lot-only"}),
    ("주차장이", {"lot", "lot-apart", "lot-only"}),
    ("공영주차장", {"lot", "lot-apart"}),
    ("공영 주차장", {"lot", "lot-apart"}),
    ("영주", {"lot"}),
    ("주차", {"lot", "lot-apart", "lot-only"}),
    ("공원", {"lot-only"}),
    ("공원으로", {"lot-only"}),
    ("놀이터", {"play"}),
    ("놀이터에서", {"play"}),
    ("어린이 놀이터", {"play"}),
    ("놀이", {"play", "water"}),
    ("물", {"water"}),
    ("학교", {"bike"}),
    ("학교에서는", {"bike"}),
    ("자전거도로", {"bike"}),
    ("자전거 도로를", {"bike"}),
    (unicodedata.normalize("NFD", "주차장을"), {"lot", "lot-apart", "lot-only"}),
    ("공공wifi", {"wifi"}),
    ("wifi", {"wifi", "library"}),
    ("Wi-Fi", {"wifi", "library"}),
    ("ＷＩＦＩ", {"wifi", "library"}),
    ("CCTV", {"lot"}),
    ("cctv를", {"lot"}),
    ("3동", {"wifi"}),
    ("bench", {"bench"}),
    ("benches", {"bench"}),
    ("bus", {"bench"}),
    ("libraries", {"library"}),
    ("LIBRARY", {"library"}),
    ("park", {"parking"}),
    ("city", {"start"}),
    ("planning", {"start"}),
    ("cafe", {"parking"}),
    ("art", set()),
    ("sit buses", {"bench"}),
    ("주차장 library", set()),
    ("100%", set()),
    ("_", set(TEXTS)),
    ("", set(TEXTS)),
]


@pytest.fixture
def library(propose, author):
    """Eleven ideas in two languages; which one is said by the key of ``TEXTS``."""
    return {
        propose(author, title, description=text).contribution_id: name
        for name, (title, text) in TEXTS.items()
    }


def test_queries_find_what_people_mean(library):
    told = {query: names(library, query) for query, _expected in QUERIES}

    assert told == dict(QUERIES)


def names(library, query):
    rows = found(IdeaTally.objects.all(), query)
    return {library[key] for key in rows.values_list("contribution", flat=True)}


def test_text_written_in_decomposed_letters_is_found(propose, author):
    text = unicodedata.normalize("NFD", "주차장을 넓혀 주세요.")
    propose(author, "넓히기", description=text)

    assert found(IdeaTally.objects.all(), "주차장").count() == 1


def test_tags_are_searched(propose, author):
    propose(author, "Lamps", tags=read_tags("가로등, night"))

    assert found(IdeaTally.objects.all(), "가로등").count() == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_in_a_text_is_among_its_pieces(before, after):
    text = f"{before} 공영주차장 benches {after}"

    pieces = pieces_of(words_of(text))

    for term in terms_of("공영주차장을 benches"):
        assert all(term.pieces(stem) <= pieces for stem in term.stems)


@given(st.text(max_size=200))
def test_any_query_can_be_asked(query):
    terms = terms_of(query)

    assert len(terms) <= 8
    assert all(stem and " " not in stem for term in terms for stem in term.stems)


def test_words_without_the_index_are_found_all_the_same(library):
    rows = IdeaText.objects.filter(words__contains="주차장")

    assert {library[row.pk] for row in rows} == names(library, "주차장")


def test_queries_are_the_thirty_and_more_that_were_promised():
    assert len(QUERIES) >= 30
    assert dict(QUERIES)["주차장"] >= {"lot", "lot-only"}


# A SQLite that was built without FTS5 -------------------------------------------------------------


@pytest.fixture
def on_sqlite(db):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite, and runs there")


def without_the_module(execute, sql, params, many, context):
    """Answer as such a SQLite does: nothing that touches the full-text table is even begun."""
    writes = sql.startswith(f'INSERT INTO "{IdeaText._meta.db_table}"')
    if sql.startswith("CREATE VIRTUAL TABLE") or "MATCH" in sql or (writes and has_triggers()):
        raise OperationalError("no such module: fts5")
    return execute(sql.replace("name = 'fts5'", "name = 'fts5 is not here'"), params, many, context)


def has_triggers():
    there = connection.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return bool(SQLITE_TRIGGERS.keys() & {name for (name,) in there})


@pytest.fixture
def left_by_another(on_sqlite, library):
    """A database whose index was made by a SQLite with FTS5, opened by one without it."""
    with connection.execute_wrapper(without_the_module):
        yield library


@pytest.fixture
def no_index(on_sqlite):
    """A database that was migrated by such a SQLite."""
    with connection.cursor() as cursor:
        for name in SQLITE_TRIGGERS:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(f"DROP TABLE {INDEX}")
    with connection.execute_wrapper(without_the_module):
        install()
        yield


def test_without_the_full_text_module_all_queries_find_the_same(no_index, library):
    told = {query: names(library, query) for query, _expected in QUERIES}

    assert not is_installed(connection)
    assert told == dict(QUERIES)


def test_without_the_full_text_module_the_public_list_is_searched(no_index, library, client, forum):
    page = client.get(forum.url, {"q": "주차장"}).content.decode()

    assert "공영주차장 확대" in page
    assert "물놀이장" not in page


def test_index_comes_back_with_all_texts_once_the_module_is_there(on_sqlite, library):
    with connection.cursor() as cursor:
        for name in SQLITE_TRIGGERS:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(f"DROP TABLE {INDEX}")

    install()

    assert is_installed(connection)
    assert names(library, "주차장") == {"lot", "lot-apart", "lot-only"}


def test_index_of_a_better_sqlite_does_not_keep_words_from_being_found(left_by_another):
    told = {query: names(left_by_another, query) for query, _expected in QUERIES}

    assert told == dict(QUERIES)


def test_idea_is_filed_and_found_where_the_index_cannot_be_written(
    left_by_another, propose, author, caplog
):
    propose(author, "A lantern for the pier")

    assert IdeaText.objects.filter(title__contains="lantern").exists()
    assert "This SQLite has no FTS5" in caplog.text


def test_index_is_right_again_after_it_could_not_be_written(on_sqlite, library, propose, author):
    with connection.execute_wrapper(without_the_module):
        filed = propose(author, "A lantern for the pier")

    install()

    assert is_installed(connection)
    rows = found(IdeaTally.objects.all(), "lantern")
    assert [row.pk for row in rows] == [filed.contribution_id]


def test_check_says_that_the_index_cannot_be_read(left_by_another):
    said = check_module(databases=["default"])

    assert [warning.id for warning in said] == ["civic_ideas.W001"]


def test_check_is_silent_where_the_index_can_be_read(library):
    assert check_module(databases=["default"]) == []
