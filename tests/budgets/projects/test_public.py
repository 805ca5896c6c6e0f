"""What everybody reads about the projects of a vote."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.processes.models import Phase

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.get_text(" ").split())


def titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [title.get_text(strip=True) for title in page.select("#projects .civic-card-title")]


def test_a_project_shows_all_there_is_to_know(client, make_project):
    page = make_project(
        "7", cost_least=25_000_000, running_cost=400_000, area="harbour", category="safety"
    )
    image = get_image_model().objects.create(title="Quay", file=get_test_image_file())
    picture = {"image": image.pk, "alt_text": "The quay at night", "decorative": False}
    page.body = [("heading", "Why"), ("paragraph", "<p>It is <b>dark</b>.</p>"), ("notice", "Soon")]
    page.pictures.raw_data.append({"type": "picture", "value": picture})
    page.opinion, page.opinion_by = "<p>It can be done.</p>", "Department of ports"
    page.place, page.target = "Quay 3", "Everybody"
    page.save_revision().publish()

    response = client.get(page.get_url())

    seen = text_of(response)
    for words in (
        "₩25,000,000 – ₩30,000,000",
        "₩400,000",
        "Harbour",
        "Safety",
        "Quay 3",
        "It is dark .",
        "Soon",
        "It can be done.",
        "Department of ports",
    ):
        assert words in seen
    assert 'alt="The quay at night"' in response.content.decode()


def test_people_comment_on_a_project(client, new_vote, make_project, django_user_model):
    page = make_project("1")
    now = timezone.now()
    Phase.objects.create(
        process=new_vote.process, kind="projects", opens_at=now - timedelta(days=1)
    )
    thread = Thread.objects.opened_below(page.project.contribution)
    citizen = django_user_model.objects.create_user("citizen")

    PostComment(thread, by=citizen, text="Yes, light it.").execute()

    assert "Yes, light it." in text_of(client.get(page.get_url()))


def test_a_withdrawn_project_stays_and_says_why(desk, make_project, superuser):
    page = make_project("1")
    url = reverse("civic_budgets_projects:withdraw", args=[page.project.contribution.uuid])
    assert url in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    response = desk.post(url, {"reason": "The quay belongs to the state."}, follow=True)

    assert "The project is withdrawn." in response.content.decode()
    seen = text_of(desk.get(page.get_url()))
    assert "The quay belongs to the state." in seen
    assert "₩30,000,000" not in seen


def test_an_unpublished_project_is_on_no_list(client, new_vote, make_project):
    make_project("1")
    make_project("2").unpublish()

    response = client.get(new_vote.get_url())

    assert titles(response) == ["Project 1"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", range(1, 9)),
        ("?area=harbour", [2, 4, 6, 8]),
        ("?category=green&area=harbour", [4, 8]),
        ("?q=project+3", [3]),
        ("?q=moon", []),
        ("?area=nowhere&category=%00", range(1, 9)),
    ],
)
def test_projects_are_narrowed_by_area_field_and_words(
    client, new_vote, make_project, query, shown
):
    for number in range(1, 9):
        area = ["harbour", "old-town"][number % 2]
        category = ["green", "safety"][bool(number % 4)]
        make_project(str(number), area=area, category=category)

    response = client.get(new_vote.get_url() + query)

    assert titles(response) == [f"Project {number}" for number in shown]


def test_the_explorer_lists_facts_in_the_same_number_of_queries(desk, new_vote, make_project):
    make_project("1", area="harbour")
    url = reverse("wagtailadmin_explore", args=[new_vote.pk])
    desk.get(url)
    few = queries_of(desk, url)
    for number in range(2, 8):
        make_project(str(number), area="harbour")

    many = queries_of(desk, url)

    for table in ("votearea", "_project", "processes_process"):
        assert asked(many, table) == asked(few, table)
    assert "₩30,000,000" in text_of(desk.get(url))


def asked(queries, table):
    return len([query for query in queries if f'{table}" WHERE' in query["sql"]])


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return captured.captured_queries
