"""The list of cases: order, filters, views, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from civic_sourcing.moderation.models import Case, SavedView
from civic_sourcing.moderation.queue.listing import QueueView

from .queue_desk import (  # noqa: F401
    INDEX,
    RESULTS,
    cases_scene,
    decided_scene,
    page_of,
    visit_scene,
)

MOST_QUERIES = 20


class TestList:
    def test_emergencies_come_first_then_what_is_due(self, cases, moderator, visit):
        Case.objects.filter(pk=cases[2].pk).update(is_emergency=True)
        Case.objects.filter(pk=cases[1].pk).update(due_at=timezone.now())

        rows = visit(moderator, INDEX).context["object_list"]

        assert [row.pk for row in rows] == [cases[2].pk, cases[1].pk, cases[0].pk]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param({}, {0, 1}, id="open ones"),
            pytest.param({"state": "decided"}, {2}, id="decided"),
            pytest.param({"state": "all"}, {0, 1, 2}, id="all"),
            pytest.param({"urgency": ["emergency"]}, {0}, id="emergency"),
            pytest.param({"urgency": ["overdue", "emergency"]}, {0, 1}, id="either"),
            pytest.param({"urgency": ["held"]}, set(), id="before publication"),
            pytest.param({"assigned": ["mine"]}, {0}, id="mine"),
            pytest.param({"assigned": ["nobody"]}, {1}, id="nobody's"),
            pytest.param({"assigned": ["others"]}, set(), id="others'"),
            pytest.param({"reporters": 2}, {1}, id="reporters"),
            pytest.param({"kind": ["idea"]}, {0, 1}, id="kind"),
            pytest.param({"kind": ["participant"]}, set(), id="people"),
            pytest.param({"language": ["ko"]}, {1}, id="language"),
            pytest.param({"q": "idea 1"}, {1}, id="words of the title"),
            pytest.param({"q": "sit down"}, {0, 1}, id="words of the text"),
            pytest.param({"q": "nowhere"}, set(), id="no such words"),
        ],
    )
    def test_list_is_filtered_and_searched(self, cases, moderator, visit, query, found):
        late = timezone.now() - timedelta(hours=1)
        first, second, third = (Case.objects.filter(pk=case.pk) for case in cases)
        first.update(is_emergency=True, assigned_to=moderator, assigned_at=late)
        second.update(due_at=late, reporters=2, language="ko")
        third.update(state="decided", decided_at=late)

        rows = visit(moderator, RESULTS, **query).context["object_list"]

        assert {row.pk for row in rows} == {cases[number].pk for number in found}

    def test_list_is_filtered_by_forum_and_rule(self, case, open_case, idea, moderator, visit):
        rule, forum = str(case.rule.translation_key), str(case.process.uuid)

        assert visit(moderator, RESULTS, rule=rule, forum=forum).context["object_list"]

    @pytest.mark.parametrize("ordering", ["reporters", "-reporters", "due_at", ""])
    def test_every_case_stands_on_one_page(self, cases, moderator, visit, monkeypatch, ordering):
        Case.objects.update(reporters=1, due_at=timezone.now())
        monkeypatch.setattr(QueueView, "paginate_by", 1)

        pages = [visit(moderator, INDEX, ordering=ordering, p=number) for number in (1, 2, 3)]

        shown = [row.pk for page in pages for row in page.context["object_list"]]
        assert shown == [case.pk for case in cases]

    def test_only_the_cases_of_a_page_are_read_whole(self, cases, moderator, visit):
        with CaptureQueriesContext(connection) as captured:
            visit(moderator, INDEX, ordering="-reporters")

        sorted_by_it = [q["sql"] for q in captured if '"reporters" DESC' in q["sql"]]
        inner = [query[query.index(" IN (SELECT ") :] for query in sorted_by_it]
        assert ["LIMIT" in keys and "auth_user" not in keys for keys in inner] == [True]

    def test_queries_do_not_grow_with_cases(self, cases, moderator, client, visit, report):
        visit(moderator, INDEX)
        client.get(INDEX)
        Case.objects.exclude(pk=cases[0].pk).update(state="decided", decided_at=timezone.now())
        with CaptureQueriesContext(connection) as few:
            client.get(INDEX)
        Case.objects.update(state="open", decided_at=None)

        with CaptureQueriesContext(connection) as many:
            client.get(INDEX)

        assert len(few) == len(many) <= MOST_QUERIES

    def test_colleague_at_a_case_is_named(self, case, moderator, second_moderator, visit):
        visit(second_moderator, page_of(case))

        assert "moderator2 is at it" in visit(moderator, INDEX).content.decode()

    def test_view_is_saved_shown_to_its_owner_only_and_deleted(
        self, case, moderator, second_moderator, visit, client
    ):
        visit(moderator, INDEX)
        saving = reverse("civic_moderation_admin:save_view")
        client.post(saving, {"name": "Urgent ones", "query": "urgency=overdue"})

        view = SavedView.objects.get()
        assert "urgency=overdue" in visit(moderator, INDEX).content.decode()
        assert "Urgent ones" not in visit(second_moderator, INDEX).content.decode()
        deleting = reverse("civic_moderation_admin:delete_view", args=[view.pk])
        client.post(deleting)
        assert SavedView.objects.exists()
        client.force_login(moderator)
        client.post(deleting)
        assert not SavedView.objects.exists()

    def test_keys_are_turned_off_and_on(self, case, moderator, visit, client):
        assert "data-civic-keys" in visit(moderator, INDEX).content.decode()

        client.post(reverse("civic_moderation_admin:keys"))

        assert "data-civic-keys" not in client.get(page_of(case)).content.decode()
        assert not UserProfile.objects.get(user=moderator).keyboard_shortcuts
