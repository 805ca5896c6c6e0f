"""The list of a forum's ideas in the explorer, and what is done with several at once."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Page

from civic_sourcing.answers import promises
from civic_sourcing.answers.models import Department, OfficialAnswer, Promise
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.actions.move import MoveIdea
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.models import Category, IdeaForumPage, IdeaPage
from civic_sourcing.notifications.models import Notification
from civic_sourcing.processes.models import RoleAssignment
from tests.ideas.conftest import hide, open_phase

WEEK = timedelta(days=7)


@pytest.fixture
def official(editor, forum):
    """Somebody of the web team who answers for the forum, too."""
    make_official(editor, forum)
    return editor


@pytest.fixture
def at_desk(client, official):
    client.force_login(official)
    return client


@pytest.fixture
def other_forum(home):
    page = home.add_child(instance=IdeaForumPage(title="Ideas for the library", slug="library"))
    open_phase(page, "collect")
    return page


@pytest.fixture
def two_ideas(propose, author, neighbour):
    return [propose(author, "Benches by the river"), propose(neighbour, "Lamps in the park")]


def make_official(user, page, role="official"):
    group = Group.objects.create(name=f"{role} {page.pk}")
    RoleAssignment.objects.create(group=group, page=page, role=role)
    user.groups.add(group)


def owe(idea, days):
    now = timezone.now()
    return promises.owe(idea.contribution, cause="stage", due_at=now + timedelta(days=days))


def listed(client, forum, **query):
    response = client.get(reverse("wagtailadmin_explore", args=[forum.pk]), query)
    assert response.status_code == 200
    return response


def titles(client, forum, **query):
    return [idea.title for idea in listed(client, forum, **query).context["object_list"]]


def bulk(client, action, *ideas, **data):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", action])
    chosen = "&".join(f"id={idea.pk}" for idea in ideas)
    address = f"{url}?{chosen}&next=/admin/"
    return client.post(address, data, follow=True) if data else client.get(address, follow=True)


def test_list_shows_stage_support_comments_answer_due_and_owner(
    at_desk, forum, two_ideas, citizen, official
):
    benches, _lamps = two_ideas
    SupportIdea(benches, by=citizen).execute()
    promise = owe(benches, 5)
    Promise.objects.filter(pk=promise.pk).update(owner=official)

    html = listed(at_desk, forum).content.decode()

    assert "Published" in html
    assert "Answer due" in html
    assert "editor" in html
    assert "civic-due" in html


def test_overdue_answers_say_so_in_words(at_desk, forum, two_ideas):
    owe(two_ideas[0], -3)

    assert "civic-late" in listed(at_desk, forum).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["Lamps in the park", "Benches by the river"], id="latest first"),
        pytest.param({"stage": "review"}, ["Benches by the river"], id="stage"),
        pytest.param({"due": "owed"}, ["Benches by the river"], id="answer owed"),
        pytest.param({"due": "overdue"}, [], id="answer overdue"),
        pytest.param({"due": "nothing"}, ["Lamps in the park"], id="nothing owed"),
        pytest.param({"cares": "mine"}, ["Benches by the river"], id="mine"),
        pytest.param({"cares": "nobody"}, ["Lamps in the park"], id="nobody's"),
        pytest.param({"q": "lamps"}, ["Lamps in the park"], id="search"),
        pytest.param({"q": "lamps", "stage": "review"}, [], id="search and stage"),
        pytest.param(
            {"ordering": "title"}, ["Benches by the river", "Lamps in the park"], id="by title"
        ),
        pytest.param(
            {"ordering": "-contribution__idea_tally__supports"},
            ["Benches by the river", "Lamps in the park"],
            id="by support",
        ),
        pytest.param(
            {"ordering": "author__password"},
            ["Lamps in the park", "Benches by the river"],
            id="nonsense order",
        ),
        pytest.param(
            {"p": "9" * 300}, ["Lamps in the park", "Benches by the river"], id="300 digits"
        ),
    ],
)
def test_list_is_filtered_searched_and_ordered(
    at_desk, forum, two_ideas, official, citizen, query, found
):
    benches, _lamps = two_ideas
    SupportIdea(benches, by=citizen).execute()
    ChangeStage(benches, by=official, stage="review").execute()
    Promise.objects.all().delete()
    Promise.objects.filter(pk=owe(benches, 5).pk).update(owner=official)

    assert titles(at_desk, forum, **query) == found


def test_list_filters_by_category(at_desk, forum, two_ideas):
    light = Category.objects.create(process=forum.process, code="light", names={"en": "Light"})
    IdeaPage.objects.filter(pk=two_ideas[1].pk).update(category=light)

    assert titles(at_desk, forum, category=light.pk) == ["Lamps in the park"]


def test_list_holds_the_ideas_of_all_languages(at_desk, forum, korean_forum, propose, author):
    korean = propose(author, "의자가 더 필요합니다", forum=korean_forum)
    english = propose(author, "Benches")

    assert titles(at_desk, forum) == titles(at_desk, korean_forum) == [english.title, korean.title]


def test_list_tells_no_words_and_no_author_of_what_is_hidden(at_desk, forum, two_ideas):
    hide(two_ideas[0])

    html = listed(at_desk, forum).content.decode()
    rows = exported(at_desk, forum)

    assert "Benches by the river" not in html
    assert {row["Author"] for row in rows} == {"", "neighbour"}
    assert not any("Benches" in row["Title"] for row in rows)


def exported(client, forum):
    answer = listed(client, forum, export="csv")
    text = "".join(part.decode() for part in answer.streaming_content)
    return list(csv.DictReader(io.StringIO(text)))


def test_list_is_exported_without_formulas(at_desk, forum, propose, author):
    propose(author, "=HYPERLINK(1)")

    row = exported(at_desk, forum)[0]

    assert row["Title"] == "'=HYPERLINK(1)"
    assert row["Stage"] == "Published"


def test_list_costs_the_same_however_many_ideas_there_are(
    at_desk, forum, propose, author, django_assert_max_num_queries
):
    propose(author, "First")
    listed(at_desk, forum)
    with django_assert_max_num_queries(70) as few:
        listed(at_desk, forum)
    for number in range(8):
        owe(propose(author, f"Idea {number}"), 5)

    with django_assert_max_num_queries(len(few)):
        listed(at_desk, forum)


def test_hosts_pages_are_offered_none_of_the_steps_on_ideas(at_desk, home, forum):
    home.add_child(instance=Page(title="News", slug="news"))

    html = listed(at_desk, home).content.decode()

    assert "change_stage" not in html
    assert "merge_ideas" not in html


def test_forum_offers_the_steps_on_ideas(at_desk, forum, two_ideas):
    html = listed(at_desk, forum).content.decode()

    for action in ("assign", "change_stage", "merge_ideas", "move_ideas", "hide", "restore"):
        assert f"/bulk/civic_ideas/ideapage/{action}/" in html


def test_stage_of_several_is_changed_with_a_text(at_desk, two_ideas):
    assert "Shortlisted" in bulk(at_desk, "change_stage", *two_ideas).content.decode()

    bulk(at_desk, "change_stage", *two_ideas, stage="shortlisted", note="Good ones.")

    assert set(IdeaPage.objects.values_list("stage", flat=True)) == {"shortlisted"}
    assert {i.contribution.stage_changes.get().note for i in two_ideas} == {"Good ones."}


def test_stage_of_several_is_changed_with_an_official_answer(at_desk, two_ideas):
    owe(two_ideas[0], 5)

    bulk(
        at_desk,
        "change_stage",
        *two_ideas,
        stage="declined",
        note="The river floods.",
        reason_codes="no-money",
        is_answer="on",
    )

    answers = OfficialAnswer.objects.published()
    assert {(a.decision, a.text) for a in answers} == {("declined", "The river floods.")}
    assert answers.count() == 2
    assert Promise.objects.get().state == "kept"
    assert set(IdeaPage.objects.values_list("stage", flat=True)) == {"declined"}


@pytest.mark.parametrize(
    "words", [{"note": "No."}, {"reason_codes": "no-money"}], ids=["reason", "text"]
)
def test_declining_asks_for_reason_and_text(at_desk, two_ideas, words):
    page = bulk(at_desk, "change_stage", *two_ideas, stage="declined", **words)

    assert page.status_code == 200
    assert set(IdeaPage.objects.values_list("stage", flat=True)) == {"published"}


def test_stages_without_a_common_next_one_are_said_to_be_so(at_desk, two_ideas, official):
    ChangeStage(two_ideas[0], by=official, stage="accepted").execute()
    ChangeStage(two_ideas[1], by=official, stage="referred", note="To the province.").execute()

    page = bulk(at_desk, "change_stage", *two_ideas).content.decode()

    assert "No stage can follow" in page


def test_several_are_assigned(at_desk, two_ideas, official):
    owed = owe(two_ideas[0], 5)

    bulk(at_desk, "assign", *two_ideas, owner=official.pk, due_on=day(20))

    assert set(Promise.objects.values_list("owner", flat=True)) == {official.pk}
    assert Promise.objects.count() == 2
    assert Promise.objects.get(pk=owed.pk).due_at == owed.due_at


def test_assigning_what_is_owed_nothing_needs_a_day(at_desk, two_ideas, official):
    page = bulk(at_desk, "assign", two_ideas[0], owner=official.pk)

    assert "No answer is owed to it yet" in page.content.decode()
    assert not Promise.objects.exists()


def day(ahead):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def test_several_are_moved_with_support_and_address(
    at_desk, two_ideas, official, citizen, other_forum, client
):
    make_official(official, other_forum)
    SupportIdea(two_ideas[0], by=citizen).execute()
    old = two_ideas[0].get_url()

    bulk(at_desk, "move_ideas", *two_ideas, forum=str(other_forum.process.uuid))

    moved = IdeaPage.objects.get(pk=two_ideas[0].pk)
    assert moved.process == other_forum.process == moved.contribution.process
    assert moved.get_parent().pk == other_forum.pk
    assert moved.supports.count() == 1
    assert Notification.objects.filter(user=moved.author.user, subject__contains="library").exists()
    assert old != moved.get_url()


def test_only_forums_of_the_same_official_are_offered(at_desk, two_ideas, other_forum):
    page = bulk(at_desk, "move_ideas", *two_ideas, forum=str(other_forum.process.uuid))

    assert page.status_code == 200
    assert not IdeaPage.objects.filter(process=other_forum.process).exists()


def test_category_of_a_moved_idea_is_that_of_the_same_code(two_ideas, official, forum, other_forum):
    make_official(official, other_forum)
    here, there = (
        Category.objects.create(process=page.process, code="light", names={"en": "Light"})
        for page in (forum, other_forum)
    )
    IdeaPage.objects.filter(pk=two_ideas[0].pk).update(category=here)

    MoveIdea(
        IdeaPage.objects.get(pk=two_ideas[0].pk), by=official, process=other_forum.process
    ).execute()

    assert IdeaPage.objects.get(pk=two_ideas[0].pk).category == there


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("assign", {"due_on": "2199-01-01"}),
        ("change_stage", {"stage": "review"}),
        ("move_ideas", {"forum": "other"}),
        ("hide", {"sure": "1"}),
        ("restore", {"sure": "1"}),
    ],
)
def test_editors_without_the_role_change_nothing(
    client, editor, other_forum, two_ideas, action, data
):
    make_official(editor, other_forum)
    data = {k: str(other_forum.process.uuid) if v == "other" else v for k, v in data.items()}
    client.force_login(editor)

    bulk(client, action, *two_ideas, **data)

    rows = IdeaPage.objects.values_list("stage", "live", "process")
    assert set(rows) == {("published", True, two_ideas[0].process_id)}
    assert not Promise.objects.exists()


def test_moderators_hide_and_put_back_several(client, editor, forum, two_ideas):
    make_official(editor, forum, role="moderator")
    client.force_login(editor)

    bulk(client, "hide", *two_ideas, sure="1")
    hidden = IdeaPage.objects.filter(live=False).count()
    bulk(client, "restore", *two_ideas, sure="1")

    assert hidden == 2
    assert IdeaPage.objects.live().count() == 2


@pytest.mark.parametrize("chosen", ["id=all&childOf=x", "id=9999999999999999999999", "id=a"])
def test_nonsense_chosen_is_no_error(at_desk, forum, chosen):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "change_stage"])

    assert at_desk.get(f"{url}?{chosen}&next=/admin/").status_code == 200


def test_all_in_the_list_are_those_of_the_forum_in_every_language(
    at_desk, forum, korean_forum, propose, author, other_forum
):
    here = [propose(author, "Benches"), propose(author, "의자", forum=korean_forum)]
    propose(author, "Books", forum=other_forum)
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "change_stage"])

    at_desk.post(f"{url}?id=all&childOf={forum.pk}&next=/admin/", {"stage": "review"})

    assert set(IdeaPage.objects.filter(stage="review")) == set(here)


def test_assigning_leaves_what_is_not_chosen_as_it_is(at_desk, two_ideas, official, english):
    parks = Department.objects.create(name="Parks", locale=english)
    owed = owe(two_ideas[0], 5)
    Promise.objects.filter(pk=owed.pk).update(department=parks)

    bulk(at_desk, "assign", two_ideas[0], owner=official.pk)

    owed.refresh_from_db()
    assert (owed.owner, owed.department) == (official, parks)


def test_assigning_nothing_is_refused(at_desk, two_ideas):
    page = bulk(at_desk, "assign", two_ideas[0], owner="")

    assert "Choose who cares for it, or a day." in page.content.decode()


def bulk_all(client, forum, action, **query):
    """The whole list as it is shown now, as “select all in listing” sends it."""
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", action])
    asked = urlencode({**query, "id": "all", "childOf": forum.pk, "next": "/admin/"}, doseq=True)
    return client.get(f"{url}?{asked}")


@pytest.mark.parametrize(
    ("query", "title"),
    [({"stage": "review"}, "Lamps in the park"), ({"q": "river"}, "Benches by the river")],
    ids=["filtered", "searched"],
)
def test_everything_in_the_list_is_what_the_list_shows(at_desk, forum, two_ideas, query, title):
    IdeaPage.objects.filter(title="Lamps in the park").update(stage="review")

    page = bulk_all(at_desk, forum, "change_stage", **query)

    chosen = [row["item"].title for row in page.context["items"]]
    assert chosen == titles(at_desk, forum, **query) == [title]


def test_everything_in_an_unfiltered_list_is_the_whole_forum(at_desk, forum, two_ideas):
    page = bulk_all(at_desk, forum, "change_stage")

    assert len(page.context["items"]) == 2


@pytest.mark.parametrize("parent", ["", "x", "9" * 300], ids=["nothing", "a word", "too long"])
def test_list_of_nothing_offers_nothing(at_desk, forum, two_ideas, parent):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "change_stage"])

    page = at_desk.get(url, {"id": "all", "childOf": parent})

    assert page.status_code == 200
    assert page.context["items"] == []


def test_merging_too_few_leads_nowhere_outside(at_desk, two_ideas):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "merge_ideas"])

    answer = at_desk.get(url, {"id": two_ideas[0].pk, "next": "https://elsewhere.example/"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")


def test_merging_names_no_idea_of_another_forum(at_desk, two_ideas, other_forum, propose, author):
    foreign = propose(author, "Shelves", forum=other_forum)
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "merge_ideas"])

    answer = at_desk.get(url, {"id": [idea.pk for idea in (*two_ideas, foreign)]})

    assert str(foreign.contribution.uuid) not in answer["Location"]
    assert str(two_ideas[0].contribution.uuid) in answer["Location"]


def test_spreadsheet_costs_the_same_however_many_ideas(at_desk, forum, propose, make_citizen):
    def queries(number):
        for each in range(number):
            propose(make_citizen(f"somebody{number}{each}"), f"Idea {number} {each}")
        with CaptureQueriesContext(connection) as asked:
            b"".join(listed(at_desk, forum, export="csv").streaming_content)
        return len(asked)

    queries(1)  # what is remembered for the site

    assert queries(2) == queries(4)
