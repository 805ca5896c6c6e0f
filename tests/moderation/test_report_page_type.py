"""Reports with figures: counted at publication, kept, told in tables, charts and CSV."""

import csv
import io
from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from civic_sourcing.core import clock
from civic_sourcing.core.conf import conf
from civic_sourcing.core.tasks import FRAMEWORK
from civic_sourcing.moderation.models import (
    Appeal,
    Case,
    Decision,
    ModerationReportPage,
    PublishedFigures,
    SecondOpinion,
)
from civic_sourcing.moderation.showing import freezing
from civic_sourcing.moderation.showing.facts import gather_facts
from civic_sourcing.moderation.showing.freezing import freeze_waiting
from tests.scenes import maker

from .deciding_people import appeal_scene, decide_scene  # noqa: F401

SPRING = datetime(2026, 5, 4, 9, tzinfo=UTC)
MOST_QUERIES = 20


@pytest.fixture
def decided(case, decide):
    """``decided(6)`` makes six decisions of that kind in the spring of 2026, two hours each."""
    first = decide(case)
    made = []

    def make(number, outcome="hide", *, rule=None, at=SPRING, origin="case", **fields):
        for _each in range(number):
            row = Case.objects.get(pk=case.pk)
            row.pk, row.uuid, row.opened_at = None, uuid4(), at - timedelta(hours=2)
            row.save(force_insert=True)
            decision = Decision.objects.get(pk=first.pk)
            decision.pk, decision.uuid, decision.case = None, uuid4(), row
            decision.outcome, decision.decided_at, decision.origin = outcome, at, origin
            decision.rule = rule or first.rule
            for name, value in fields.items():
                setattr(decision, name, value)
            decision.save(force_insert=True)
            made.append(decision)
        return made

    return make


@maker
def make_report(home):
    def make(part="q2", *, publish=True, slug="report", **fields):
        page = ModerationReportPage(title="Report", slug=slug, year=2026, part=part, **fields)
        page.live = False
        home.add_child(instance=page)
        if publish:
            publish_page(page)
        return ModerationReportPage.objects.get(pk=page.pk)

    return make


def publish_page(page):
    """Publish, and do what a worker or the next tick does."""
    page.save_revision().publish()
    freeze_waiting(clock.now())


def figures(page):
    return PublishedFigures.objects.get(translation_key=page.translation_key).figures


class TestCounting:
    def test_decisions_count_by_rule_and_outcome(self, decided, make_report, rules):
        decided(6)
        decided(7, "no_breach", rule=rules("privacy"))

        found = figures(make_report())

        respect = str(rules("respect").translation_key)
        assert found.count("decision", rule=respect, outcome="hide") == 6
        assert found.count("decision", outcome="no_breach") == 7
        assert found.count("decision") == 13

    def test_time_runs_to_the_first_decision_by_a_person(self, decided, make_report):
        decided(6)

        assert figures(make_report()).waits == {"": (2.0, 2.0)}

    def test_corrected_decision_does_not_count(self, decided, db):
        (decision,) = decided(1)
        decided(1, origin="correction", corrects=decision)

        assert sum(gather_facts().counts.values()) == 2  # the correction, and that of the scene

    def test_decisions_on_appeals_count_as_appeals(self, decided):
        (decision,) = decided(1)
        decided(1, "lift", origin="appeal", corrects=decision)

        assert not any(dict(f.values)["outcome"] == "lift" for f in gather_facts().counts)

    def test_appeals_and_second_opinions_count_when_they_are_decided(self, decided, make_report):
        for number, decision in enumerate(decided(10)):
            SecondOpinion.objects.create(
                decision=decision, asked_at=SPRING, given_at=SPRING, outcome="hide",
                agrees=number < 5,
            )  # fmt: skip
            Appeal.objects.create(
                decision=decision, appellant=decision.case.contribution.author, reasons="So.",
                filed_at=SPRING, due_at=SPRING, decided_at=SPRING, state="decided",
                outcome="reversed" if number < 5 else "upheld",
            )  # fmt: skip

        found = figures(make_report())

        assert found.count("opinion", agreement="yes") == 5
        assert found.count("appeal", result="reversed") == 5

    def test_private_forums_are_left_out(self, decided, make_report, forum):
        decided(6)
        PageViewRestriction.objects.create(page=forum, restriction_type="login")

        assert figures(make_report()).count("decision") == 0

    def test_days_are_those_of_the_town(self, decided, make_report):
        """Nine in the evening of 30 June in UTC is the first of July in Seoul."""
        decided(6, at=datetime(2026, 6, 30, 21, tzinfo=UTC))

        assert figures(make_report("q2")).count("decision") == 0
        assert figures(make_report("q3", slug="summer")).count("decision") == 6


class TestFreezing:
    def test_published_report_does_not_change(self, decided, make_report, client):
        decided(6)
        page = make_report()
        decided(20)
        publish_page(page)

        assert figures(page).count("decision") == 6
        assert ">6<" in client.get(page.url).content.decode()

    def test_translation_shows_the_same_figures(self, decided, make_report, korean_home, korean):
        decided(6)
        page = make_report()
        decided(20)

        translated = page.copy_for_translation(korean)
        publish_page(translated)

        assert PublishedFigures.objects.count() == 1

    def test_until_they_are_counted_the_page_says_so(self, decided, make_report, client):
        decided(6)
        page = make_report(publish=False)

        page.save_revision().publish()

        page = ModerationReportPage.objects.get(pk=page.pk)
        assert not PublishedFigures.objects.exists()
        assert "being prepared" in client.get(page.url).content.decode()
        assert client.get(f"{page.url}csv/").status_code == 404

    def test_a_worker_is_asked_for_them(
        self, make_report, settings, django_capture_on_commit_callbacks
    ):
        dummy = {"BACKEND": f"{FRAMEWORK}.backends.dummy.DummyBackend"}
        settings.TASKS = {**settings.TASKS, conf.TASK_BACKEND: dummy}
        page = make_report(publish=False)

        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

        backend = import_module(FRAMEWORK).task_backends[conf.TASK_BACKEND]
        asked = [each.task.name for each in backend.results]
        assert "count_reports" in asked

    def test_counted_again_where_another_was_published_meanwhile(
        self, decided, make_report, monkeypatch
    ):
        decided(6)
        make_report("q1", slug="winter", publish=False).save_revision().publish()
        page = make_report("q2", publish=False)
        page.save_revision().publish()
        count, counted = freezing.count_figures, []

        def while_another_is_published(page):
            counted.append(page.part)
            if counted == ["q2"]:
                freezing.freeze_figures(ModerationReportPage.objects.get(part="q1"))
            return count(page)

        monkeypatch.setattr(freezing, "count_figures", while_another_is_published)

        assert freezing.freeze_figures(page)
        assert counted == ["q2", "q1", "q2"]

    def test_draft_keeps_no_figures(self, decided, make_report):
        page = make_report(publish=False)

        preview = page.make_preview_request().content.decode()

        assert not PublishedFigures.objects.exists()
        assert "counted anew with every preview" in preview

    def test_other_period_of_the_same_page_is_counted_anew(self, decided, make_report):
        decided(6)
        page = make_report()
        page.part = "year"
        publish_page(page)

        assert PublishedFigures.objects.count() == 2

    def test_later_report_tells_nothing_an_earlier_one_left_out(self, decided, make_report, rules):
        decided(20, at=SPRING)
        decided(2, at=SPRING - timedelta(days=90))
        make_report("q1", slug="winter")
        make_report("q2")

        year = figures(make_report("year", slug="whole"))

        assert year.count("decision") is None

    def test_deleted_page_is_remembered(self, decided, make_report, rules):
        decided(2, at=SPRING - timedelta(days=90))
        decided(20, at=SPRING)
        make_report("q2").delete()

        assert figures(make_report("year", slug="whole")).count("decision") is None


class TestPage:
    def test_figures_stand_in_tables_and_charts(self, decided, make_report, client, rules):
        decided(6)
        decided(7, "no_breach", rule=rules("privacy"))

        page = client.get(make_report().url).content.decode()

        assert "Second quarter 2026" in page
        assert rules("privacy").title in page
        assert "2 hours" in page
        assert "civic-chart-drawing" in page

    def test_small_numbers_are_nowhere_on_the_page(self, decided, make_report, client, rules):
        decided(20)
        decided(20, "remove")
        decided(3, "remove", rule=rules("privacy"))
        decided(9, "hide", rule=rules("privacy"))

        report = make_report()
        page = client.get(report.url).content.decode()

        assert figures(report).count("decision", outcome="remove") == 23
        assert ">3<" not in page
        assert "left out" in page

    def test_editors_words_come_first(self, decided, make_report, client):
        words = [{"type": "paragraph", "value": "<p>A quiet spring.</p>"}]

        page = client.get(make_report(introduction=words).url).content.decode()

        assert page.index("A quiet spring.") < page.index('id="figures"')

    def test_report_without_cases_says_so(self, make_report, client, db):
        page = client.get(make_report().url).content.decode()

        assert "There are no numbers yet." in page

    def test_table_has_a_line_for_each_cell(self, decided, make_report, client, rules):
        decided(20)
        decided(3, "remove", rule=rules("privacy"))
        answer = client.get(make_report().url + "csv/")

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

        assert answer["Content-Type"].startswith("text/csv")
        assert {row["Count"] for row in rows if row["Remark"] == "left out"} == {""}
        assert "3" not in {row["Count"] for row in rows}

    def test_number_of_queries_does_not_depend_on_the_figures(
        self, decided, make_report, client, django_assert_max_num_queries
    ):
        decided(12)
        url = make_report().url
        client.get(url)

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(url)

    def test_korean_page_speaks_korean(self, decided, make_report, client, korean_home, korean):
        decided(6)
        translated = make_report().copy_for_translation(korean)
        publish_page(translated)

        page = client.get(translated.url).content.decode()

        assert "2026년" in page
        assert "Decisions by rule" not in page


class TestEditing:
    @pytest.fixture
    def post(self, client, administrator, home):
        def send(**fields):
            client.force_login(administrator)
            form = {"title": "Report", "slug": "report", "year": 2026, "part": "q2",
                    "introduction": streamfield([]), **fields}  # fmt: skip
            address = f"/admin/pages/add/civic_moderation/moderationreportpage/{home.pk}/"
            answer = client.post(address, nested_form_data({**form, "action-publish": "1"}))
            freeze_waiting(clock.now())
            return answer

        return send

    def test_editor_publishes_a_report(self, post, decided):
        decided(6)

        post()

        assert figures(ModerationReportPage.objects.get()).count("decision") == 6

    def test_period_that_is_not_over_is_refused(self, post):
        answer = post(year=2199)

        assert "This period ends on" in answer.content.decode()
        assert not ModerationReportPage.objects.exists()

    def test_chosen_forums_are_counted_alone(self, post, decided, forum, other_forum, report):
        decided(6)

        post(forums=str(forum.process.uuid))

        assert figures(ModerationReportPage.objects.get()).forums == (str(forum.process.uuid),)

    def test_unknown_forum_is_refused(self, post):
        post(forums="nowhere")

        assert not ModerationReportPage.objects.exists()
