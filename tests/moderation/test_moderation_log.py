"""The public log: every measure, nobody's name, nobody's words, and nothing that is private."""

import csv
import io
import uuid
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.moderation.models import Case, Decision
from civic_sourcing.moderation.showing import views
from civic_sourcing.participants.models import Participant
from tests.scenes import maker

from .deciding_people import (  # noqa: F401
    FACTS,
    appeal_scene,
    decide_appeal_scene,
    decide_scene,
)

LOG = "civic_moderation:moderation_log"
CSV = "civic_moderation:moderation_log_csv"
FEED = "civic_moderation:moderation_log_feed"
MOST_QUERIES = 12


@pytest.fixture
def read(client):
    def get(name=LOG, *, language="en", **query):
        with translation.override(language):
            answer = client.get(reverse(name), query)
        assert answer.status_code == 200
        return answer.getvalue().decode()

    return get


@maker
def make_measures(propose, author, report, decide):
    """``make_measures(3)`` has three ideas hidden."""

    def make(number, outcome="hide"):
        made = []
        for each in range(number):
            page = propose(author, f"Idea {outcome} {each}")
            case = Case.objects.get(pk=report(page.contribution).case_id)
            made.append(decide(case, outcome))
        return made

    return make


def test_measure_is_told_with_rule_date_forum_and_outcome(case, decide, read, rules, forum):
    decision = decide(case)

    page = read()

    assert f"measure-{decision.uuid}" in page
    assert rules("respect").title in page
    assert forum.title in page
    assert "Hidden" in page
    assert f"{timezone.localdate():%Y-%m-%d}" in page


def test_log_speaks_the_readers_language(case, decide, read, rules):
    decide(case)

    page = read(language="ko")

    assert rules("respect", "ko").title in page
    assert rules("respect").title not in page


@pytest.mark.parametrize("name", [LOG, CSV, FEED], ids=["page", "table", "feed"])
def test_nobody_is_named_and_nothing_is_quoted(name, case, decide, read, idea, author, moderator):
    decide(case, "mask", spans=[["text", 0, 5]], seen_version=1)

    page = read(name)

    for secret in (idea.title, idea.description, author.username, moderator.email, FACTS):
        assert secret not in page
    assert str(idea.contribution.uuid) not in page
    for person in (author, moderator):
        assert str(Participant.objects.of(person).uuid) not in page


@pytest.mark.parametrize("outcome", ["no_breach"])
def test_what_takes_nothing_is_no_measure(outcome, case, decide, read):
    decide(case, outcome, rule=None)

    assert "No measures" in read()


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        ("upheld", "Appealed: the decision stands"),
        ("reversed", "Appealed: the decision was reversed"),
    ],
)
def test_result_of_an_appeal_is_told(result, sentence, case, decide, appeal, decide_appeal, read):
    filed = appeal(decide(case))
    assert "Appealed, not decided yet" in read()

    decide_appeal(filed, result)

    assert sentence in read()


def test_reversed_measure_has_ended(case, decide, appeal, decide_appeal, read):
    decide_appeal(appeal(decide(case)))

    assert "reversed on appeal" in read()


def test_temporary_measure_ends_by_itself_in_the_log_too(case, decide, read):
    decision = decide(case, "temporary", until=timezone.now() + timedelta(days=3))
    assert "In force until" in read()

    past = timezone.now() - timedelta(hours=1)
    with triggers_suspended():
        decision.measures.update(starts_at=past - timedelta(days=1), until=past)

    assert "its time was over" in read()


def test_private_forum_is_left_out(case, decide, read, forum, client):
    decide(case)
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert "No measures" in read()
    assert forum.title not in read()


def test_superuser_sees_no_more_of_a_private_forum(
    case, decide, read, forum, client, administrator
):
    decide(case)
    PageViewRestriction.objects.create(page=forum, restriction_type="login")
    client.force_login(administrator)

    assert "No measures" in read()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"outcome": "hide"}, 2),
        ({"outcome": "remove"}, 1),
        ({"appeal": "none"}, 3),
        ({"appeal": "reversed"}, 0),
        ({"forum": "site"}, 0),
        ({"since": "2020-01-01"}, 3),
        ({"until": "2020-01-01"}, 0),
        ({"outcome": "hide", "appeal": "none"}, 2),
        ({"outcome": "'; DROP TABLE", "page": "999999999999"}, 3),
        ({"since": "no date"}, 3),
    ],
    ids=str,
)
def test_filters(query, found, make_measures, read):
    make_measures(2)
    make_measures(1, "remove")

    assert read(**query).count('id="measure-') == found


def test_filter_by_forum_and_rule(make_measures, read, forum, rules):
    make_measures(1)

    assert 'id="measure-' in read(forum=str(forum.process.uuid))
    assert 'id="measure-' in read(rule=str(rules("respect").translation_key))
    assert 'id="measure-' not in read(rule=str(rules("privacy").translation_key))


def test_log_is_read_in_pages(make_measures, read):
    make_measures(1)
    first = Decision.objects.get()
    for number in range(2, 31):
        first.pk, first.number = None, number
        first.uuid = uuid.UUID(int=number)
        first.save(force_insert=True)

    assert read().count('id="measure-') == 25
    assert read(page=2).count('id="measure-') == 5


def test_number_of_queries_does_not_depend_on_the_number_of_measures(
    make_measures, client, django_assert_max_num_queries
):
    make_measures(1)
    client.get(reverse(LOG))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(LOG))
    make_measures(6, "remove")

    with django_assert_max_num_queries(min(len(few), MOST_QUERIES)):
        client.get(reverse(LOG))


def test_table_has_a_row_for_each_measure(make_measures, read):
    make_measures(2)

    rows = list(csv.reader(io.StringIO(read(CSV).lstrip("\ufeff"))))

    assert len(rows) == 3
    assert rows[1][3] == "Hidden"


def test_no_cell_of_the_table_is_a_formula(make_measures, read, forum):
    type(forum).objects.filter(pk=forum.pk).update(title="=1+1")
    make_measures(1)

    assert "'=1+1" in read(CSV)


def test_table_is_limited_by_address_and_by_person(case, client, settings, author, rules):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "LOG_TABLES_PER_HOUR": 2}
    url = reverse(CSV)

    answers = [client.get(url) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert client.get(url, REMOTE_ADDR="203.0.113.9").status_code == 200
    client.force_login(author)
    assert client.get(url).status_code == 200


def test_table_comes_row_by_row(make_measures, client, monkeypatch):
    monkeypatch.setattr(views, "AT_A_TIME", 2)
    made = make_measures(5)

    answer = client.get(reverse(CSV))

    assert answer.streaming
    lines = [line.decode() for line in answer.streaming_content]
    assert len(lines) == len(made) + 2


def test_feed_lists_measures_and_leads_to_the_log(make_measures, read):
    (decision,) = make_measures(1)

    items = ElementTree.fromstring(read(FEED)).findall("./channel/item")

    assert [item.find("guid").text for item in items] == [f"urn:uuid:{decision.uuid}"]
    assert items[0].find("link").text.endswith(f"#measure-{decision.uuid}")


def test_script_in_titles_is_shown_as_text(case, decide, read, rules, forum):
    rule = rules("respect")
    type(rule).objects.filter(pk=rule.pk).update(title="<script>alert(1)</script>")
    type(forum).objects.filter(pk=forum.pk).update(title="<b>bold</b>")
    decide(case)

    page = read()

    assert "<script>alert(1)" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_log_is_only_read(method, db, client):
    assert getattr(client, method)(reverse(LOG)).status_code == 405
