"""Funded projects become promises: by confirmation, at the desk, and for those who follow them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.answers.actions import (
    ChangeAdoptionStatus,
    PlanAdoption,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.actions.adoptions import as_planned
from civic_sourcing.answers.actions.follow import FollowDelivery
from civic_sourcing.answers.models import Adoption, Department, Promise
from civic_sourcing.attribution.credits.records import grant
from civic_sourcing.attribution.models import Contribution, Role
from civic_sourcing.budgets.actions.count import (
    ConfirmCount,
    CountBallots,
    ProposeConfirmation,
    PublishCount,
)
from civic_sourcing.budgets.actions.promise_projects import PromiseProjects
from civic_sourcing.budgets.delivery.owed import binding_count, owed_of
from civic_sourcing.budgets.delivery.starting import promise_confirmed
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.models import BudgetProjectPage, Project
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment
from tests.budgets.desk.conftest import make_vote
from tests.budgets.results import conftest as results

pytestmark = pytest.mark.django_db

citizen = results.citizen
hold = results.hold
cast = results.cast
closed = results.closed

SOON = timezone.localdate() + timedelta(days=90)
FUNDED = ["OGM/0001", "OGM/0003"]


@pytest.fixture
def make_official():
    def make(page, name="official"):
        user = get_user_model().objects.create_user(
            name, email=f"{name}@example.org", password="demo", is_staff=True
        )
        group = Group.objects.create(name=f"officials {name}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        RoleAssignment.objects.create(group=group, page=page, role="official")
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def official(make_official, vote):
    return make_official(vote)


@pytest.fixture
def parks(english):
    return Department.objects.create(name="Parks", locale=english)


def enter_projects(process):
    """Let the ledger know the projects, as publishing their pages does."""
    for page in BudgetProjectPage.objects.filter(project__process=process):
        page.save()


def told(user):
    return list(Notification.objects.filter(user=user).values_list("subject", flat=True))


def refusal(action):
    with pytest.raises(ActionRefused) as refused:
        action.execute()
    return refused.value.code


@pytest.fixture
def confirmed(closed, make_official, set_clock, superuser):
    """``confirmed()``: a vote whose count two people have confirmed, and its official."""

    def confirmed():
        page = closed(before=enter_projects)
        official = make_official(page)
        count = results.counted(page).latest_count
        early = refusal(PromiseProjects(page.process, by=None))
        set_clock(count.publication.objections_until)
        proposed = ProposeConfirmation(count, by=superuser, reason="Nobody objected.").execute()
        second = get_user_model().objects.create_superuser("second", password="demo")
        ConfirmCount(proposed, by=second).execute()
        return page.process, official, early

    return confirmed


@pytest.mark.parametrize("is_heard", [True, False], ids=["at once", "by the tick"])
def test_confirmation_makes_promises_of_what_is_funded(
    confirmed, is_heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=is_heard):
        process, official, early = confirmed()
    missed = promise_confirmed(clock.now())

    funded = Project.objects.of(process).filter(outcome="funded")
    adoptions = Adoption.objects.order_by("pk")
    assert early == "not-confirmed"
    assert funded.exists()
    assert missed == ("0 promised" if is_heard else f"{len(funded)} promised")
    assert sorted(row.planned for row in adoptions) == sorted(row.cost for row in funded)
    assert {(row.get_status_display(), row.currency, row.is_work) for row in adoptions} == {
        ("planned", "EUR", True)
    }
    assert adoptions.gaps().count() == len(funded)
    assert told(official) == [
        "“Your budget”: please say who carries out what was funded, and until when"
    ]


def test_recount_takes_no_promise_away_before_it_is_confirmed(confirmed, superuser):
    process, _official, _early = confirmed()
    PromiseProjects(process, by=None).execute()

    PublishCount(CountBallots(process, by=None).execute(), by=superuser).execute()

    assert process.counts.count() == 2
    assert binding_count(process).version == 1
    assert {each.is_funded for each in owed_of(process)} == {True}
    assert refusal(PromiseProjects(process, by=None)) == "nothing-left"


def test_official_says_who_and_until_when(client, vote, official, parks):
    client.force_login(official)
    url = address("delivery", vote.process)
    values = {"projects": FUNDED[:1], "department": parks.pk, "expected_on": SOON.isoformat()}

    nobody = client.post(url, {**values, "projects": []})
    foreign = client.post(url, {**values, "projects": ["OGM/0002"]})
    answer = client.post(url, values)

    adoption = Adoption.objects.get()
    assert (nobody.status_code, foreign.status_code, answer.status_code) == (422, 422, 302)
    assert (adoption.department, adoption.expected_on) == (parks, SOON)
    assert Promise.objects.deliveries().get().contribution == adoption.contribution
    shown = client.get(url).content.decode()
    assert "planned" in shown
    assert 'value="OGM/0003"' in shown
    assert 'value="OGM/0001"' not in shown


def test_plan_is_filled_in_and_never_written_over(vote, official, parks):
    PromiseProjects(vote.process, by=official, department=parks).execute()
    roads = Department.objects.create(name="Roads", locale=parks.locale)

    plan = {"department": roads, "expected_on": SOON}
    PromiseProjects(vote.process, by=official, numbers=FUNDED, **plan).execute()

    assert {(row.department, row.expected_on) for row in Adoption.objects.all()} == {(parks, SOON)}
    again = PromiseProjects(vote.process, by=official, numbers=FUNDED)
    assert refusal(again) == "nothing-left"
    assert refusal(PromiseProjects(vote.process, by=official, numbers=["OGM/0002"])) == "not-funded"


def test_what_was_cancelled_is_promised_anew_only_where_it_is_named(vote, official):
    PromiseProjects(vote.process, by=official).execute()
    first = Adoption.objects.order_by("pk").first()
    reason = "The ground moves, so nothing can be built there."
    ChangeAdoptionStatus(first, by=official, status="cancelled", reason=reason).execute()

    assert refusal(PromiseProjects(vote.process, by=official)) == "nothing-left"
    assert not any(each.is_gap for each in owed_of(vote.process) if each.is_cancelled)
    PromiseProjects(vote.process, by=official, numbers=FUNDED[:1]).execute()
    assert [each.is_promised for each in owed_of(vote.process)] == [True, True]


def test_only_officials_of_the_place_promise(client, vote, home, make_official, editor):
    other = make_vote(home)
    stranger = make_official(other, "stranger")
    for user in (stranger, editor):
        with pytest.raises(ActionForbidden):
            PromiseProjects(vote.process, by=user).execute()

    client.force_login(stranger)
    assert client.get(address("delivery", vote.process)).status_code in (302, 403)
    client.force_login(editor)
    page = client.get(address("delivery", vote.process)).content.decode()
    assert "people with the role “Official”" in page
    assert not Adoption.objects.exists()


def test_page_of_an_imported_vote_leads_to_its_delivery(client, vote, superuser):
    client.force_login(superuser)

    page = results.soup_of(client.get(reverse("wagtailadmin_pages:edit", args=[vote.pk])))

    ways = {link["href"] for link in page.select("a[href]")}
    assert {address("delivery", vote.process), address("try", vote.process)} <= ways


def test_promise_of_what_a_recount_does_not_fund_is_shown(client, vote, official):
    PromiseProjects(vote.process, by=official).execute()
    with triggers_suspended():
        count = vote.process.counts.get()
        content = count.content.replace('"OGM/0001","OGM/0003"', '"OGM/0003"')
        type(count).objects.filter(pk=count.pk).update(content=content)

    client.force_login(official)
    shown = client.get(address("delivery", vote.process)).content.decode()

    assert [(each.project.number, each.is_stray) for each in owed_of(vote.process)] == [
        ("OGM/0003", False),
        ("OGM/0001", True),
    ]
    assert "does not fund it any more" in shown


def test_vote_leads_to_its_deliveries_once_there_are_any(client, vote, official):
    before = client.get(vote.url + "delivery/")
    page = client.get(vote.url).content.decode()
    PromiseProjects(vote.process, by=official).execute()

    after = client.get(vote.url + "delivery/", follow=True)

    assert before.status_code == 404
    assert "See what is carried out" not in page
    assert "See what is carried out" in client.get(vote.url).content.decode()
    assert after.content.decode().count("civic-card-title") == len(FUNDED)


def test_promises_have_the_names_and_pages_of_the_language_they_are_read_in(
    client, vote, korean_vote, official
):
    PromiseProjects(vote.process, by=official).execute()

    cards = results.soup_of(client.get("/ko/civic/answers/deliveries/")).select(
        ".civic-card-title a"
    )

    hrefs = {card.get_text(strip=True): card["href"] for card in cards}
    assert hrefs.pop("강변 음악당").startswith("/ko/")
    assert all(href.startswith("/en/") for href in hrefs.values())
    korean = BudgetProjectPage.objects.get(title="강변 음악당")
    said = results.soup_of(client.get(korean.url)).select_one("#answers")
    assert said.select(".civic-plan-title") == []


def test_follower_of_a_project_hears_what_becomes_of_it(client, vote, official):
    project = BudgetProjectPage.objects.get(project__number="OGM/0001")
    contribution = Contribution.objects.get(project=project.project)
    url = reverse("civic_answers:follow", args=[contribution.uuid])
    anybody = client.post(url)
    neighbour = get_user_model().objects.create_user("neighbour", password="demo")
    client.force_login(neighbour)

    for _press in range(2):
        assert client.post(url).url == f"{project.url}#answers"
    PromiseProjects(vote.process, by=official).execute()

    assert "login" in anybody.url
    assert told(neighbour) == [
        f"The city promises to carry out “{contribution.title}”, which you follow"
    ]
    assert "You follow this: stop" in client.get(project.url).content.decode()
    client.post(reverse("civic_answers:unfollow", args=[contribution.uuid]))
    assert not contribution.delivery_follows.exists()


OWED = {
    "en": (
        "The city promises to carry out your {}",
        "A step is reached on the way of your {}",
        "What the city makes of your {} has moved on",
        "There is news of what the city makes of your {}",
        "The city takes more time for your {}",
        "What the city makes of your {} has moved on",
    ),
    "ko": (
        "회원님의 {}을(를) 시가 추진하겠다고 약속했습니다",
        "회원님의 {} 추진 과정에서 한 단계를 마쳤습니다",
        "회원님의 {} 이행 상태가 바뀌었습니다",
        "회원님의 {} 이행 소식이 있습니다",
        "회원님의 {}에 시가 시간을 더 쓰기로 했습니다",
        "회원님의 {} 이행 상태가 바뀌었습니다",
    ),
}
FOLLOWED = {
    "en": (
        "The city promises to carry out {}, which you follow",
        "A step is reached on the way of {}, which you follow",
        "What the city makes of {}, which you follow, has moved on",
        "There is news of what the city makes of {}, which you follow",
        "The city takes more time for {}, which you follow",
        "What the city makes of {}, which you follow, has moved on",
    ),
    "ko": (
        "알림을 받으시는 {}을(를) 시가 추진하겠다고 약속했습니다",
        "알림을 받으시는 {} 추진 과정에서 한 단계를 마쳤습니다",
        "알림을 받으시는 {}의 이행 상태가 바뀌었습니다",
        "알림을 받으시는 {}의 이행 소식이 있습니다",
        "알림을 받으시는 {}에 시가 시간을 더 쓰기로 했습니다",
        "알림을 받으시는 {}의 이행 상태가 바뀌었습니다",
    ),
}
NOTHING = {"en": (), "ko": ()}


@pytest.fixture
def concerned(vote):
    """``concerned("ko", Role.IMPROVER, follows=True)``: one who is told in that language."""

    def concerned(language, role=None, *, follows=False):
        contribution = Contribution.objects.get(project__number="OGM/0001")
        name = f"{language}-{role}-{follows}"
        user = get_user_model().objects.create_user(name, email=f"{name}@example.org")
        person = Participant.objects.of(user)
        Participant.objects.filter(pk=person.pk).update(language=language)
        if role:
            grant(contribution, person, role, at=clock.now())
        if follows:
            FollowDelivery(contribution, by=user).execute()
        return user

    return concerned


def carry_out(adoption, official, parks):
    """Every step from the plan to its end, the mails of each sent before the next."""
    plan = {**as_planned(adoption), "department": parks, "expected_on": SOON}
    PlanAdoption(adoption, by=official, **plan).execute()
    later = {
        **plan,
        "expected_on": SOON + timedelta(days=9),
        "reason": "The wood for the benches came late.",
    }
    steps = (
        SetMilestone(adoption, by=official, title="Wood", done_on=timezone.localdate()),
        ChangeAdoptionStatus(adoption, by=official, status="in_progress"),
        ReportDelivery(adoption, by=official, text="Six stand."),
        PlanAdoption(adoption, by=official, **later),
        ChangeAdoptionStatus(adoption, by=official, status="in_force"),
    )
    for step in steps:
        deliver()
        step.execute()
    for _again in range(2):
        deliver()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("role", "follows", "sentences"),
    [
        pytest.param(Role.CO_AUTHOR, False, OWED, id="co-author"),
        pytest.param(Role.IMPROVER, False, OWED, id="improver"),
        pytest.param(Role.EVIDENCE, True, OWED, id="credited and following"),
        pytest.param(None, True, FOLLOWED, id="follower"),
        pytest.param(Role.STAFF_EDITOR, False, NOTHING, id="staff"),
        pytest.param(None, False, NOTHING, id="somebody else"),
    ],
)
def test_each_step_is_mailed_once_in_the_language_of_whom_it_concerns(
    vote, official, parks, concerned, mailoutbox, language, role, follows, sentences
):
    user = concerned(language, role, follows=follows)
    PromiseProjects(vote.process, by=official, numbers=FUNDED[:1]).execute()

    carry_out(Adoption.objects.get(), official, parks)

    mails = [mail for mail in mailoutbox if mail.to == [user.email]]
    expected = [sentence.format("“Bandstand by the river”") for sentence in sentences[language]]
    assert [mail.subject for mail in mails] == expected
    assert {mail.extra_headers["Content-Language"] for mail in mails} <= {language}
