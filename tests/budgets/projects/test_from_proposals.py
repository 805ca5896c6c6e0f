"""Projects made of what citizens proposed: credits carry over, the ideas move on, people hear."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.budgets.actions.projects import AddProjects
from civic_sourcing.budgets.models import BudgetProjectPage, Project
from civic_sourcing.budgets.projects.facts import Facts
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import ProposeIdea, WithdrawIdea
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage, Stage
from civic_sourcing.ideas.models.changes import IdeaWithdrawal
from civic_sourcing.notifications.models import Notification
from civic_sourcing.processes.models import Phase, RoleAssignment

pytestmark = pytest.mark.django_db
REASON = IdeaWithdrawal.Reason.values[0]


@pytest.fixture
def forum(home):
    page = home.add_child(instance=IdeaForumPage(title="Ideas", slug="ideas", introduction="…"))
    now = timezone.now()
    Phase.objects.create(
        process=page.process,
        kind="collect",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )
    return page


@pytest.fixture
def propose(forum, django_user_model):
    """``propose(title)``: an idea of somebody who has written nothing else."""

    def write(title):
        number = django_user_model.objects.count()
        author = django_user_model.objects.create_user(
            f"author{number}", first_name="Minji", last_name="Seo"
        )
        words = {"title": title, "description": f"{title}, for all."}
        return ProposeIdea(forum, by=author, **words).execute()

    return write


@pytest.fixture
def official(editor, forum):
    group = Group.objects.create(name="Officials")
    RoleAssignment.objects.create(group=group, page=forum, role="official")
    editor.groups.add(group)
    return editor


@pytest.fixture
def shortlisted(propose, official):
    ideas = [propose("Benches by the river"), propose("Lamps at the harbour")]
    for idea in ideas:
        ChangeStage(idea, by=official, stage=Stage.SHORTLISTED).execute()
    return [IdeaPage.objects.get(pk=idea.pk) for idea in ideas]


def chosen(client, ideas):
    """What the explorer's button leads to."""
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "make_projects"])
    query = "&".join(f"id={idea.pk}" for idea in ideas)
    return client.get(f"{url}?{query}&next=/admin/", follow=True)


def typed(response, publish, **facts):
    """What the browser sends from the screen, with the same facts for every row."""
    rows = response.context["rows"]
    values = {
        row.add_prefix(name): facts.get(name, row[name].value() or "")
        for row, _people in rows
        for name in row.fields
    }
    return {**values, "publish": publish, "key": response.context["form"]["key"].value()}


def author_of(idea):
    return idea.contribution.author.user


def send(client, response, form):
    return client.post(response.wsgi_request.get_full_path(), form, follow=True)


def test_shortlisted_ideas_become_projects_with_their_credits(
    desk, official, new_vote, shortlisted
):
    screen = chosen(desk, shortlisted)
    assert "Minji Seo" in screen.content.decode()

    form = typed(screen, "published", cost="30,000,000", area="old-town")
    send(desk, screen, form)

    projects = list(Project.objects.of(new_vote.process))
    assert [project.number for project in projects] == ["1", "2"]
    people = [credits_for(project.contribution).mentions for project in projects]
    assert [[mention.name for mention in each] for each in people] == [["Minji Seo"]] * 2


def test_a_draft_names_nobody_before_it_is_published(
    desk, official, new_vote, shortlisted, django_capture_on_commit_callbacks
):
    screen = chosen(desk, shortlisted[:1])
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, screen, typed(screen, "drafts", area="old-town"))
    page = BudgetProjectPage.objects.child_of(new_vote).get()
    assert page.description == "<p>Benches by the river, for all.</p>"
    assert IdeaPage.objects.get(pk=shortlisted[0].pk).stage == Stage.SHORTLISTED
    assert not Contribution.objects.filter(kind="project").exists()

    page.facts_draft["facts"]["cost"] = 30_000_000
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    page.refresh_from_db()
    assert [mention.name for mention in credits_for(page.project.contribution).mentions] == [
        "Minji Seo"
    ]
    assert IdeaPage.objects.get(pk=shortlisted[0].pk).stage == Stage.BALLOT
    told = Notification.objects.filter(
        user=author_of(shortlisted[0]), category="civic_attribution.derivations"
    )
    assert told.count() == 1


def test_what_cannot_become_a_project_is_left_out_with_the_reason(
    desk, official, new_vote, shortlisted, propose
):
    referred, withdrawn = propose("Gold for all"), propose("Never mind")
    ChangeStage(referred, by=None, stage=Stage.REFERRED, note="To the state.").execute()
    WithdrawIdea(withdrawn, by=author_of(withdrawn), reason=REASON).execute()
    screen = chosen(desk, shortlisted)
    send(desk, screen, typed(screen, "drafts"))

    again = chosen(desk, [*shortlisted, referred, withdrawn])

    left_out = {row.title: bar for row, bar in again.context["left_out"]}
    assert again.context["rows"] == []
    assert "made of it already" in left_out["Benches by the river"]
    assert "the ballot does not follow" in left_out["Gold for all"]
    assert "withdrawn" in left_out["Never mind"]


def test_all_are_made_or_none(desk, official, new_vote, shortlisted):
    screen = chosen(desk, shortlisted)
    form = typed(screen, "published", cost="30,000,000")
    first, second = (row for row, _people in screen.context["rows"])
    form[second.add_prefix("number")] = form[first.add_prefix("number")]

    response = send(desk, screen, form)

    assert response.status_code == 422
    assert "Two of these projects have this number." in response.content.decode()
    assert not BudgetProjectPage.objects.exists()


def test_who_is_no_official_of_the_forum_makes_nothing_of_its_ideas(
    desk, editor, new_vote, propose
):
    idea = propose("Benches by the river")
    url = reverse("civic_budgets_projects:proposals", args=[new_vote.pk])

    response = desk.get(f"{url}?contribution={idea.contribution.uuid}", follow=True)

    assert response.status_code == 404
    made = NewProject("Benches", Facts("1", 5), origins=(idea.contribution.uuid,))
    with pytest.raises(ActionRefused) as refused:
        AddProjects(new_vote, by=editor, projects=(made,)).execute()
    assert refused.value.code == "not-official"


def test_an_official_says_later_what_a_project_was_made_of(
    desk, official, new_vote, make_project, propose
):
    group = official.groups.get(name="Officials")
    RoleAssignment.objects.create(group=group, page=new_vote, role="official")
    idea, page = propose("Benches by the river"), make_project("1")
    url = reverse("civic_budgets_projects:origins", args=[page.project.contribution.uuid])
    assert url in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Benches by the river" in desk.get(url, {"q": "bench"}).content.decode()

    response = desk.post(url, {"q": "bench", "origin": str(idea.contribution.uuid)}, follow=True)

    assert "named with the project" in response.content.decode()
    assert [mention.name for mention in credits_for(page.project.contribution).mentions] == [
        "Minji Seo"
    ]
