"""A vote made by hand, three projects, and the people who set it up and hold it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.ballots import ApprovalLimits
from civic_sourcing.budgets.models import BudgetProjectPage, BudgetVotePage, Project
from civic_sourcing.core import clock
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.models import Phase
from tests.scenes import scene

HOUR = timedelta(hours=1)
TITLES = {"1": "Playground", "2": "Skate park", "3": "Fence"}


def make_vote(home, slug="budget"):
    page = BudgetVotePage(title="Budget vote", slug=slug, locale=home.locale)
    return home.add_child(instance=page)


@scene
def page(home):
    """A fresh vote, of which nothing is said yet."""
    return make_vote(home)


@scene
def process(page):
    return page.process


@scene
def projects(page):
    for position, (number, title) in enumerate(TITLES.items()):
        row = Project.objects.create(
            process=page.process, number=number, cost=300_000, position=position
        )
        page.add_child(instance=BudgetProjectPage(title=title, project=row, locale=page.locale))
    return Project.objects.of(page.process)


@scene
def set_up(process, projects):
    """A vote that could open now."""
    now = clock.now()
    Phase.objects.create(
        process=process, kind="voting", opens_at=now - HOUR, closes_at=now + 5 * HOUR
    )
    EligibilityRule.objects.create(process=process, verifier="signed-in")
    ChangeVoteRules(
        process, by=None, currency="KRW", amount=1_000_000, limits=ApprovalLimits(least=1, most=2)
    ).execute()
    return process


@scene
def second_editor(editor):
    user = get_user_model().objects.create_user("editor2", password="demo", is_staff=True)
    user.groups.set(editor.groups.all())
    return user


@pytest.fixture
def at(request):
    """``at("money")`` is the address of one of the desk's screens."""

    def at(name, *more, process=None):
        process = process or request.getfixturevalue("process")
        return reverse(f"civic_budgets_desk:{name}", args=[process.uuid, *more])

    return at


@pytest.fixture
def desk(client, editor, at):
    """The editor's hands: ``desk("money")`` looks, ``desk("money", {…})`` sends."""
    client.force_login(editor)

    def desk(name, sent=None, *more):
        address = at(name, *more)
        return client.get(address) if sent is None else client.post(address, sent)

    return desk


def rows(name, *typed, known=0):
    """What the browser sends of the rows of one list."""
    sent = {f"{name}-TOTAL_FORMS": len(typed), f"{name}-INITIAL_FORMS": known}
    for number, row in enumerate(typed):
        sent |= {f"{name}-{number}-{field}": value for field, value in row.items()}
    return sent


def shown(response):
    """What the form and the rows of a screen would send back unchanged."""
    forms = [response.context["form"]]
    sent = {}
    for each in response.context.get("lists") or ():
        formset = each["rows"]
        sent |= rows(each["name"], *([{}] * len(formset.forms)), known=len(formset.forms))
        forms += formset.forms
    for form in forms:
        for field in form:
            value = field.value()
            is_empty = value is None or value is False or value == ""
            if not is_empty and not field.name.endswith("DELETE"):
                sent[field.html_name] = field.field.prepare_value(value)
    return sent
