"""A vote that is being set up, without a project so far."""

import pytest

from civic_sourcing.budgets.actions.projects import AddProjects
from civic_sourcing.budgets.models import (
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    VoteArea,
    VoteCategory,
)
from civic_sourcing.budgets.projects.facts import Facts
from civic_sourcing.budgets.projects.new import NewProject
from tests.scenes import scene

EMPTY_STREAMS = {"body-count": "0", "pictures-count": "0"}


@scene
def new_vote(home):
    """A vote in won with two districts and two fields, not prepared yet."""
    page = home.add_child(instance=BudgetVotePage(title="Your ideas, our budget", slug="next"))
    page.save_revision().publish()
    BudgetRules.objects.create(
        process=page.process,
        amount=500_000_000,
        currency="KRW",
        ballot_type="approval",
        rule="greedy",
    )
    for place, (code, names) in enumerate(
        {
            "old-town": {"en": "Old Town", "ko": "구도심"},
            "harbour": {"en": "Harbour", "ko": "항구"},
        }.items()
    ):
        VoteArea.objects.create(
            process=page.process, code=code, names=names, position=place, budget=250_000_000
        )
    for code, names in {
        "green": {"en": "Green", "ko": "녹지"},
        "safety": {"en": "Safety", "ko": "안전"},
    }.items():
        VoteCategory.objects.create(process=page.process, code=code, names=names)
    return BudgetVotePage.objects.get(pk=page.pk)


@pytest.fixture
def desk(client, editor):
    """The browser of somebody of the web team."""
    client.force_login(editor)
    return client


@pytest.fixture
def form_of(desk):
    """``form_of(vote, title=…)``: what the editor of a new or known project page would send."""

    def typed(page=None, **changes):
        facts = {
            "number": "1",
            "cost": "30,000,000",
            "cost_least": "",
            "running_cost": "",
            "area": "old-town",
            "category": "green",
        }
        base = changes.pop("base", None)
        facts |= {name: changes.pop(name) for name in [*facts] if name in changes}
        shown = desk.get(changes.pop("address"))
        return {
            **{f"facts-{name}": value for name, value in facts.items()},
            "facts-base": base or shown.context["form"].facts["base"].value(),
            "title": "Benches by the river",
            "slug": "benches",
            "description": "null",
            "opinion": "null",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            **EMPTY_STREAMS,
            **changes,
        }

    return typed


@pytest.fixture
def make_project(new_vote):
    """``make_project("1", cost=…)``: a published project of the new vote."""

    def make(number="1", *, title="", cost=30_000_000, vote=new_vote, **facts):
        project = NewProject(
            title=title or f"Project {number}", facts=Facts(number=number, cost=cost, **facts)
        )
        keys = AddProjects(vote, by=None, projects=(project,), publish=True).execute()
        return BudgetProjectPage.objects.get(pk=keys[0])

    return make
