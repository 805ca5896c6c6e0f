"""
A challenge from its problem to a solution in force, as the people in it see it.

Everybody has a window of their own. Time passes by the clock of the test, and what the system does
by itself is called where it would do it.
"""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.answers.models import Adoption, Agreement, Department
from civic_sourcing.attribution.models import Claim
from civic_sourcing.challenges.actions.setup import SetTimeline
from civic_sourcing.challenges.entering.jobs import open_due, publish_due
from civic_sourcing.challenges.models import Assignment, Award, ChallengePage, Decision, Entry
from civic_sourcing.core import clock
from civic_sourcing.notifications.models import OutboxMessage
from civic_sourcing.participants.models import Participant
from tests.challenges.editorial import conftest as editorial

authority = editorial.authority
at_desk = editorial.at_desk
department = editorial.department
write_challenge = editorial.write_challenge
written = editorial.written

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AWNING = ("Awnings like sails", "Canvas on six posts.", "Put up in a day, rolled in when it blows.")
VINES = ("Vines on wires", "Hops grow six metres.", "A pot, a wire, and water.")


def test_a_challenge_from_the_problem_to_a_solution_in_force(
    transactional_db, written, manager, steward, answering, make_citizen, at_desk, set_clock,
    new_page, client,
):  # fmt: skip
    people = People(make_citizen, new_page)
    set_clock(began := timezone.now() - 80 * DAY)
    dates = {"opens_at": began + DAY, "closes_at": began + 40 * DAY}
    SetTimeline(written.process, by=None, rounds=[row_of(written.process) | dates]).execute()
    desk = people.window(at_desk(manager)), people.window(at_desk(steward))

    review(written.process, *desk)
    page = ChallengePage.objects.get(pk=written.pk)
    round_ = page.process.rounds.get()
    set_clock(round_.opens_at + HOUR)
    team_with_a_minor_enters(page, people)
    another_team_enters(page, people)
    judges = panel_is_asked(page.process, people, desk[0])
    set_clock(round_.closes_at + HOUR)
    open_due(clock.now())
    judges_score(page.process, people, judges, desk[0])
    conflicted_entry_stays_closed(page.process, judges[0], client)
    results = reverse("civic_challenge_results_admin:phase", args=[page.process.uuid, 1])
    decision = two_people_decide(results, *desk)
    claim_is_filed_and_settled(page, people, decision, results, desk[0])
    set_clock(decision.verification_until + HOUR)
    desk[0].goto(results)
    desk[0].get_by_role("button", name="Make it final").click()
    award = winner_accepts(page, people)
    screen = reverse("civic_challenge_results_admin:award", args=[page.process.uuid, award.uuid])
    first_instalment_is_paid(award, screen, *desk)
    solution_comes_into_force(award, people.window(answering))
    desk[0].goto(screen)
    expect(desk[0].locator("[name$=carried_out][value=yes]")).to_be_checked()

    anybody = new_page()
    anybody.goto(page.url + "winners/")
    expect(anybody.get_by_role("main")).to_contain_text(AWNING[0])
    anybody.goto(page.url + f"entries/{award.placement.entry.number}/")
    expect(anybody.get_by_role("main")).to_contain_text("in force")


@pytest.fixture
def answering(make_official, at_desk, index):
    """Who answers for the city; two of its departments have agreed once how they work together."""
    streets = Department.objects.get()
    parks = Department.objects.create(name="Parks", locale=streets.locale)
    agreement = Agreement.objects.create(title="Trees by streets", valid_from=date(2020, 1, 1))
    agreement.departments.set([streets, parks])
    return at_desk(make_official("boss", "official", index))


def row_of(process):
    return {"uuid": process.rounds.get().uuid, "titles": {"en": "Ideas"}}


class People:
    """Users by name, each with one window."""

    def __init__(self, make_citizen, new_page):
        self.make_citizen, self.new_page = make_citizen, new_page
        self.users, self.windows = {}, {}

    def window(self, user):
        if user.pk not in self.windows:
            self.windows[user.pk] = self.new_page(user=user)
        return self.windows[user.pk]

    def user(self, name):
        if name not in self.users:
            self.users[name] = self.make_citizen(name, email=f"{name}@example.org")
        return self.users[name]

    def of(self, name):
        return self.window(self.user(name))


def review(process, manager, steward):
    """The manager sends it, a steward approves it and lets everybody see it."""
    place = reverse("civic_challenges_desk:review", args=[process.uuid])
    steps = (
        (manager, "Send to the review", "Send it"),
        (steward, "Approve", "Approve it"),
        (steward, "Publish now", "Publish it"),
    )
    for window, link, button in steps:
        window.goto(place)
        window.get_by_role("link", name=link, exact=True).click()
        window.get_by_role("button", name=button).click()


def write_entry(window, page, words):
    """From the challenge to the end of the words of an entry."""
    window.goto(page.url)
    window.get_by_role("link", name="Enter", exact=True).click()
    window.get_by_role("button", name="Begin an entry").click()
    for name, text in zip(("title", "brief", "description"), words, strict=True):
        window.locator(f"[name={name}]").fill(text)
    window.get_by_role("button", name="Continue").click()
    window.get_by_role("link", name="Continue").click()


def hand_in(window):
    window.get_by_role("link", name="Continue").click()
    window.get_by_role("button", name="Hand in", exact=True).click()
    expect(window.get_by_role("main")).to_contain_text("Keep this number.")


def team_with_a_minor_enters(page, people):
    """A captain invites a child, who joins; a guardian agrees by the link of a letter."""
    child = people.of("child")
    Participant.objects.of(people.user("child"))
    Participant.objects.filter(user=people.user("child")).update(age_band="minor")
    team_enters(page, people, AWNING, captain="captain", name="Sailors", member="child")

    child.goto("/civic/me/guardian/")
    child.locator("[name=address]").fill("mother@example.net")
    child.locator("main form").get_by_role("button").last.click()
    letter = OutboxMessage.objects.filter(url__contains="/guardian/").latest("pk")
    mother = people.new_page()
    mother.goto(re.search(r"/civic/guardian/[^/]+/", letter.url)[0])
    mother.get_by_role("button", name="I am a guardian and I agree").click()
    expect(mother.get_by_role("main")).to_contain_text("You have agreed")


def another_team_enters(page, people):
    team_enters(page, people, VINES, captain="rival", name="Hop growers", member="gardener")


def team_enters(page, people, words, *, captain, name, member):
    """The captain writes and names the team, the member is invited and joins, it is handed in."""
    people.user(member)
    window = people.of(captain)
    write_entry(window, page, words)
    window.locator("[name=team_name]").fill(name)
    window.get_by_role("button", name="Save").click()
    window.locator("[name=invitee]").fill(member)
    window.get_by_role("button", name="Invite").click()
    other = people.of(member)
    other.goto(page.url + "enter/")
    other.get_by_role("link", name="Team of").click()
    other.get_by_role("button", name="Join").click()
    window.reload()
    hand_in(window)


def panel_is_asked(process, people, manager):
    """Three judges are asked by name and accept."""
    names = ("ann", "bea", "cem")
    for name in names:
        people.user(name)
        manager.goto(reverse("civic_judging_admin:panel", args=[process.uuid]))
        manager.locator("[name=invite-who]").fill(name)
        manager.get_by_role("button", name="Invite").click()
        judge = people.of(name)
        judge.goto(reverse("civic_judging:index"))
        judge.locator(".civic-card-title a").click()
        judge.locator("[name=promised]").check()
        judge.get_by_role("button", name="Accept").click()
    return [people.user(name) for name in names]


def judges_score(process, people, judges, manager):
    """The first judge knows the rival and says so; all others score what they got."""
    manager.goto(reverse("civic_judging_admin:round", args=[process.uuid, 1]))
    manager.get_by_role("button", name="Assign").first.click()
    rows = Assignment.objects.filter(entry__process=process).select_related("entry")
    assert rows.count() == 6
    for judge in judges:
        window = people.window(judge)
        for row in rows.filter(judge__participant__user=judge).order_by("pk"):
            window.goto(reverse("civic_judging:entry", args=[row.uuid]))
            knows = judge == judges[0] and row.entry.title == VINES[0]
            window.locator(f"[name=conflict][value={'conflict' if knows else 'none'}]").check()
            if knows:
                window.locator("[name=note]").fill("My sister wrote this.")
            window.get_by_role("button", name="Continue").click()
            if not knows:
                points = "18" if row.entry.title == AWNING[0] else "11"
                window.locator("[name^=points_]").fill(points)
                window.get_by_role("button", name="Hand in").click()


def conflicted_entry_stays_closed(process, judge, client):
    row = Assignment.objects.get(entry__process=process, conflict="conflict")
    client.force_login(judge)
    answer = client.get(reverse("civic_judging:entry", args=[row.uuid]))
    assert VINES[2] not in answer.content.decode()


def two_people_decide(results, manager, steward):
    """One ranks the entries and proposes the best as filled in, the other one confirms it."""
    manager.goto(results)
    manager.get_by_role("button", name="Rank now").click()
    manager.get_by_role("button", name="Propose these winners").click()
    steward.goto(results)
    steward.get_by_role("button", name="Confirm the winners").click()
    expect(steward.get_by_text("Everybody can object until")).to_be_visible()
    publish_due(clock.now())
    return Decision.objects.get()


def claim_is_filed_and_settled(page, people, decision, results, manager):
    """While everybody can object, the rival claims a part, and takes it back."""
    entry = decision.placements.get(place=1).entry
    rival = people.of("rival")
    rival.goto(reverse("civic_attribution:new_claim", args=[entry.contribution.uuid]))
    rival.locator("[name=text]").fill("We tried sails in our yard in spring.")
    rival.locator("main form").last.get_by_role("button").last.click()
    claim = Claim.objects.get(contribution=entry.contribution)
    manager.goto(results)
    expect(manager.get_by_text("1 claim is open.")).to_be_visible()
    rival.goto(reverse("civic_attribution:claim", args=[claim.uuid]))
    rival.get_by_role("button", name="Withdraw my claim").click()
    assert not Claim.objects.open().exists()


def winner_accepts(page, people):
    award = Award.objects.get()
    captain = people.of("captain")
    captain.goto(page.url + f"winners/{award.uuid}/")
    captain.get_by_role("button", name="Accept the award").click()
    expect(captain.get_by_role("main")).to_contain_text("Accepted")
    return Award.objects.get(pk=award.pk)


def first_instalment_is_paid(award, screen, manager, steward):
    """In two halves: one notes that the first milestone is reached, another one that it is paid."""
    manager.goto(screen)
    manager.get_by_role("button", name="The papers are complete").click()
    for place, milestone in enumerate(("A pattern", "It stands")):
        manager.locator(f"[name=plan-{place}-milestone]").fill(milestone)
        manager.locator(f"[name=plan-{place}-amount]").fill(str(award.amount // 200))
    manager.get_by_role("button", name="Save the plan").click()
    manager.get_by_role("button", name="The milestone is reached").first.click()
    steward.goto(screen)
    steward.locator("[name$=-reference]").first.fill("2026-1")
    steward.get_by_role("button", name="It is paid").click()
    expect(steward.get_by_text("2026-1")).to_be_visible()
    assert list(award.instalments.values_list("paid_on", flat=True)).count(None) == 1


def solution_comes_into_force(award, official):
    """It is adopted with a plan by an agreement there is, then reported step by step."""
    entry = Entry.objects.get(pk=award.placement.entry_id)
    official.goto(reverse("civic_answers_admin:contribution", args=[entry.contribution.uuid]))
    official.get_by_role("link", name="Adopt it").click()
    official.locator("[name=title]").fill("Sails over the market")
    official.locator("[name=text]").fill("We put up sails.")
    official.locator("[name=department]").select_option(label="Streets")
    official.locator("[name=partners]").first.check()
    official.locator("[name=agreement]").select_option(label="Trees by streets")
    official.locator("[name=budget_line]").fill("Streets 4711")
    official.locator("[name=procedure_changed]").fill("Rules for markets, section 4")
    submit(official)
    expect(official.get_by_role("main")).to_contain_text("Streets 4711")
    official.get_by_role("link", name="Add a milestone").click()
    official.locator("[name=title]").fill("The posts stand")
    submit(official)
    for status in ("in_preparation", "in_progress", "in_force"):
        official.get_by_role("link", name="Change the status").click()
        official.locator(f"[name=status][value={status}]").check()
        submit(official)
    adoption = Adoption.objects.of(entry.contribution).get()
    assert (adoption.status, adoption.agreement.title) == ("in_force", "Trees by streets")


def submit(window):
    window.locator("form.civic-desk-step button[type=submit]").click()
