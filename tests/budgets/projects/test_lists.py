"""Projects from a list: first what would come of it, then all of them or none."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission

from civic_sourcing.budgets.actions.projects import AddProjects
from civic_sourcing.budgets.models import BudgetProjectPage, BudgetRules, Project
from civic_sourcing.budgets.projects.reading import ProjectList
from civic_sourcing.core.exceptions import ActionForbidden

pytestmark = pytest.mark.django_db

LIST = """number,title,cost,cost_least,running_cost,area,category,place,target,description,opinion
A-1,Benches by the river,"30,000,000",25000000,400000,Old Town,Green,River bank,Everybody,"One.
Two.",Can be done in spring.
A-2,Lamps at the harbour,12000000,,,항구,안전,,,,
"""
PB = """META
key;value
description;Neulbom
budget;500000000
vote_type;approval
rule;greedy
currency;KRW
num_projects;2
num_votes;1
PROJECTS
project_id;cost;votes;name;category;district
P1;30000000;1;Benches;green;Old Town
P2;12000000;0;Lamps;safety;Harbour
VOTES
voter_id;vote
1;P1
"""


def read(text, vote, name="projects.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return ProjectList.read(data, name, vote.process)


def faults(found):
    return [(fault.line, fault.column, str(fault.message)) for fault in found.faults]


def test_every_column_arrives_where_it_belongs(new_vote):
    found = read(LIST, new_vote)

    first, second = found.projects
    assert faults(found) == []
    assert (first.title, first.place, first.target) == (
        "Benches by the river",
        "River bank",
        "Everybody",
    )
    assert first.description == "One.\nTwo."
    assert (first.facts.cost, first.facts.cost_least, first.facts.running_cost) == (
        30_000_000,
        25_000_000,
        400_000,
    )
    assert (first.facts.area, first.facts.category) == ("old-town", "green")
    assert (second.facts.area, second.facts.category) == ("harbour", "safety")


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("1,Benches,,,,,,,,,", "cost", "This must not be empty."),
        (",Benches,5,,,,,,,,", "number", "This must not be empty."),
        ("1,,5,,,,,,,,", "title", "This must not be empty."),
        ('"1,2",Benches,5,,,,,,,,', "number", "A number holds no comma."),
        ("1,Benches,-5,,,,,,,,", "cost", "Write an amount in digits"),
        ("1,Benches,12.5,,,,,,,,", "cost", "KRW has no such small amounts."),
        ("1,Benches,1e309,,,,,,,,", "cost", "Write an amount in digits"),
        ("1,Benches,1_000,,,,,,,,", "cost", "Write an amount in digits"),
        ("1,Benches,NaN,,,,,,,,", "cost", "Write an amount in digits"),
        ("1,Benches,9999999999999999,,,,,,,,", "cost", "This is more than can be stored."),
        ("1,Benches,5,6,,,,,,,", "cost_least", "The least cost is above the highest."),
        ("1,Benches,5,,,Moon,,,,,", "area", "“Moon” is not set up in this vote."),
        ("1,Benches,5,,,,Moon,,,,", "category", "“Moon” is not set up in this vote."),
        ("A-1,Benches,5,,,,,,,,", "number", "The number A-1 was already on line 2."),
        ("1,Benches,5,,,,,,,,,too much", "", "The row has 12 fields, the first line has 11."),
        (f"1,{'x' * 256},5,,,,,,,,", "title", "255"),
    ],
)
def test_every_fault_is_told_with_its_line_and_column(new_vote, row, column, sentence):
    found = read(f"{LIST}{row}\n", new_vote)

    (fault,) = faults(found)
    assert fault[:2] == (5, column)
    assert sentence in fault[2]


def test_a_number_of_the_vote_is_taken(new_vote, make_project):
    make_project("A-1")

    assert faults(read(LIST, new_vote)) == [
        (2, "number", "The vote already has a project with the number A-1.")
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("number,title\n1,Benches\n", "There is no column “cost”."),
        ("number,title,cost\n", "There is no project in the file."),
        ("number,No,title,cost\n1,1,Benches,5\n", "are columns for the same"),
        ("number,title,cost\n1,Ben\0ches,5\n", "NUL byte"),
        ('number,title,cost\n1,"Ben"ches,5\n', "quotation marks do not fit"),
        (b"\xff\xfe\xff\xff", "This is not text in UTF-8."),
        ("x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(new_vote, text, sentence):
    assert sentence in str(faults(read(text, new_vote)))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_any_usual_spreadsheet_is_read(new_vote, mark, encoding):
    text = f"번호{mark}사업명{mark}사업비{mark}지역\r\n1{mark}강변 의자{mark}5000{mark}구도심\r\n"

    found = read(text.encode(encoding), new_vote)

    assert faults(found) == []
    assert [(each.title, each.facts.area) for each in found.projects] == [("강변 의자", "old-town")]


def test_the_projects_of_an_election_file_come_without_its_ballots(new_vote):
    found = read(PB, new_vote, "neulbom.pb")

    assert faults(found) == []
    assert [(each.facts.number, each.facts.area) for each in found.projects] == [
        ("P1", "old-town"),
        ("P2", "harbour"),
    ]
    assert "no ballots" in str(found.remarks[0])


def test_what_a_file_marks_withdrawn_is_left_out(new_vote):
    found = read(PB.replace("P2;12000000", "P2;999999999"), new_vote, "neulbom.pb")

    assert faults(found) == []
    assert [each.facts.number for each in found.projects] == ["P1"]
    assert "P2" in str(found.remarks[-1])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("P2;12000000", "P1;12000000", (13, "project_id")),
        ("P2;12000000", "P2;twelve", (13, "cost")),
        ("Lamps;safety;Harbour", "Lamps;safety;Moon", (13, "district")),
        ("currency;KRW", "currency;EUR", (0, "currency")),
    ],
)
def test_a_faulty_election_file_is_refused_by_line(new_vote, old, new, fault):
    found = read(PB.replace(old, new), new_vote, "neulbom.pb")

    assert [each[:2] for each in faults(found)] == [fault]


def send(desk, vote, text, name="projects.csv"):
    return desk.post(address(vote), {"file": SimpleUploadedFile(name, text.encode())})


def address(vote):
    return reverse("civic_budgets_projects:list", args=[vote.pk])


def ahead(response, publish):
    """What the browser sends from the preview."""
    form = response.context["ahead"]
    return {
        "publish": publish,
        **{name: form[name].value() for name in ("name", "data", "key")},
    }


def test_the_preview_stores_nothing_and_the_second_step_all(desk, new_vote):
    preview = send(desk, new_vote, LIST)

    assert "Benches by the river" in preview.content.decode()
    assert not BudgetProjectPage.objects.exists()

    for _click in range(2):
        desk.post(address(new_vote), ahead(preview, "published"))

    assert [project.number for project in Project.objects.of(new_vote.process)] == ["A-1", "A-2"]
    assert BudgetProjectPage.objects.child_of(new_vote).live().count() == 2


def test_drafts_become_projects_when_they_are_published(desk, new_vote):
    desk.post(address(new_vote), ahead(send(desk, new_vote, LIST), "drafts"))

    assert not Project.objects.exists()
    page = BudgetProjectPage.objects.child_of(new_vote).get(title="Lamps at the harbour")
    page.get_latest_revision().publish()

    assert [(each.number, each.cost) for each in Project.objects.all()] == [("A-2", 12_000_000)]


def test_one_fault_keeps_all_out(desk, new_vote):
    response = send(desk, new_vote, f"{LIST}A-3,No cost,,,,,,,,,\n")

    assert response.status_code == 422
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", response.content.decode()))
    assert "Line 5, “cost”: This must not be empty." in text
    assert "ahead" not in response.context or b'name="data"' not in response.content


def test_what_changed_since_the_preview_is_looked_at_again(desk, new_vote, make_project):
    sent = ahead(send(desk, new_vote, LIST), "published")
    make_project("A-2")

    response = desk.post(address(new_vote), sent)

    assert response.status_code == 422
    assert "already has a project with the number A-2" in response.content.decode()
    assert Project.objects.count() == 1


def test_a_file_that_did_not_arrive_is_asked_for_again(desk, new_vote):
    sent = {**ahead(send(desk, new_vote, LIST), "published"), "data": "no file at all"}

    response = desk.post(address(new_vote), sent)

    assert response.status_code == 422
    assert "The file did not arrive. Send it again." in response.content.decode()


def test_without_money_there_is_no_list(desk, new_vote):
    BudgetRules.objects.all().delete()

    response = send(desk, new_vote, LIST)

    assert "Set its money first." in response.content.decode()


def test_only_who_may_add_pages_brings_a_list(client, new_vote, django_user_model):
    stranger = django_user_model.objects.create_user("stranger", is_staff=True)
    client.force_login(stranger)

    assert client.get(address(new_vote)).status_code == 302
    assert client.post(address(new_vote), {}).status_code == 302


def test_who_may_only_add_pages_makes_drafts(desk, new_vote, editor):
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    editor = type(editor).objects.get(pk=editor.pk)
    made = {"projects": tuple(read(LIST, new_vote).projects)}

    with pytest.raises(ActionForbidden):
        AddProjects(new_vote, by=editor, publish=True, **made).execute()

    assert len(AddProjects(new_vote, by=editor, **made).execute()) == 2


def test_a_vote_from_a_file_takes_no_list(desk, vote):
    assert desk.get(address(vote), follow=True).status_code == 404
