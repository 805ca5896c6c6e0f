"""What the city carries out: money, steps that are told, the public list, figures of a year."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from civic_sourcing.answers.actions import (
    Adopt,
    ChangeAdoptionStatus,
    PlanAdoption,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.actions.adoptions import as_planned, end_of
from civic_sourcing.answers.actions.follow import FollowDelivery
from civic_sourcing.answers.blocks import YearOfPromisesBlock
from civic_sourcing.answers.display.adoptions import money_of
from civic_sourcing.answers.models import Adoption, Promise
from civic_sourcing.answers.yearly import year_of
from civic_sourcing.attribution.credits.records import grant
from civic_sourcing.attribution.history import history_of
from civic_sourcing.attribution.models import Role
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant

from .conftest import REASON
from .desk_people import (  # noqa: F401
    address,
    at_desk_scene,
    desk_official_scene,
    desk_stranger_scene,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=60)
MOST_QUERIES = 20


@pytest.fixture
def work(contribution, official, parks):
    """``work("Trees", days=-3)``: an idea the city carries out, expected so many days from now."""

    def work(days=60, to=contribution, **plan):
        plan = {"department": parks, "currency": "EUR", "planned": 100_000, **plan}
        adoption = Adopt(to, by=official, is_work=True, expected_on=SOON, **plan).execute()
        day = TODAY + timedelta(days=days)
        with triggers_suspended(of=[Adoption, Promise]):
            Adoption.objects.filter(pk=adoption.pk).update(expected_on=day)
            Promise.objects.of(adoption.contribution).update(
                due_at=end_of(day), first_due_at=end_of(day), made_at=end_of(day) - timedelta(90)
            )
        adoption.refresh_from_db()
        return adoption

    return work


@pytest.fixture
def improver(contribution, make_citizen):
    user = make_citizen("improver")
    person = Participant.objects.of(user)
    grant(contribution, person, Role.IMPROVER, at=clock.now())
    return user


@pytest.fixture
def read(client):
    def read(name="deliveries", **query):
        answer = client.get(reverse(f"civic_answers:{name}"), query)
        assert answer.status_code == 200
        return b"".join(answer).decode()

    return read


def become(adoption, official, status, reason=""):
    ChangeAdoptionStatus(adoption, by=official, status=status, reason=reason).execute()


def told(user):
    rows = Notification.objects.filter(user=user, category="civic_answers.deliveries")
    return list(rows.order_by("pk").values_list("subject", flat=True))


def test_everybody_credited_hears_of_every_step(work, official, improver, author):
    adoption = work()

    SetMilestone(adoption, by=official, title="Wood is ordered", done_on=TODAY).execute()
    become(adoption, official, "in_progress")
    ReportDelivery(adoption, by=official, text="Six stand.", spent=60_000).execute()
    later = {**as_planned(adoption), "expected_on": SOON + timedelta(days=9)}
    PlanAdoption(adoption, by=official, reason=REASON, **later).execute()
    become(adoption, official, "in_force")

    assert told(improver) == told(author)
    assert told(improver) == [
        "The city promises to carry out your “Benches by the river”",
        "A step is reached on the way of your “Benches by the river”",
        "What the city makes of your “Benches by the river” has moved on",
        "There is news of what the city makes of your “Benches by the river”",
        "The city takes more time for your “Benches by the river”",
        "What the city makes of your “Benches by the river” has moved on",
    ]
    assert "It is done" in [event.sentence for event in history_of(adoption.contribution)]


def test_milestone_that_is_moved_is_told_of_once(work, official, author):
    adoption = work()
    milestone = SetMilestone(adoption, by=official, title="Wood", done_on=TODAY).execute()

    for done in (None, TODAY):
        SetMilestone(
            adoption, by=official, title="Wood", done_on=done, milestone=milestone
        ).execute()

    assert len([subject for subject in told(author) if "step" in subject]) == 1


def test_ideas_are_not_followed_for_their_delivery(contribution, author):
    with pytest.raises(ActionRefused) as refused:
        FollowDelivery(contribution, by=author).execute()

    assert refused.value.code == "not-followable"


def test_spot_is_that_of_the_idea_and_stays_with_another_plan(work, idea, official):
    type(idea).objects.filter(pk=idea.pk).update(latitude="35.1", longitude="128.9")

    adoption = work()
    PlanAdoption(adoption, by=official, **as_planned(adoption)).execute()

    adoption.refresh_from_db()
    assert (adoption.latitude, adoption.longitude) == (Decimal("35.1"), Decimal("128.9"))
    assert (adoption.planned, adoption.is_work) == (100_000, True)


def test_plan_is_typed_in_major_units_and_a_wrong_one_is_named(at_desk, contribution, official):
    adoption = Adopt(contribution, by=official).execute()
    typed = {"is_work": "on", "planned": "1200.50", "currency": "EUR", "spot": "35.1, 128.9"}

    refused = at_desk.post(
        address("plan", adoption.uuid), {**typed, "planned": "1.005", "spot": "north"}
    )
    taken = at_desk.post(address("plan", adoption.uuid), typed)

    adoption.refresh_from_db()
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert b"at most 2 decimals" in refused.content
    assert b"degrees, with a comma" in refused.content
    assert (adoption.planned, adoption.longitude) == (120_050, Decimal("128.9"))
    assert b"1200.50" in at_desk.get(address("plan", adoption.uuid)).content


def test_nothing_is_planned_below_nothing(contribution, official):
    with pytest.raises(ActionRefused, match="below nothing"):
        Adopt(contribution, by=official, planned=-1).execute()


def test_list_shows_progress_money_and_what_is_overdue(work, official, read, propose, author):
    adoption = work(-3, spot=(Decimal("35.1"), Decimal("128.9")))
    SetMilestone(adoption, by=official, title="Wood", done_on=TODAY).execute()
    SetMilestone(adoption, by=official, title="Paint", due_on=SOON).execute()
    ReportDelivery(adoption, by=official, text="Six stand.", spent=125_000).execute()
    done = work(30, to=propose(author, "Trees").contribution)
    SetMilestone(done, by=official, title="Nobody noted it", due_on=SOON).execute()
    become(done, official, "in_force")

    page, late = read(), read(status="late")
    rows = {row["Title"]: row for row in csv.DictReader(io.StringIO(read("deliveries_csv")[1:]))}

    assert "1 of 2 milestones reached" in page
    assert "0 of 1 milestone" not in page
    assert "€1,250 spent, €250 more than planned" in page
    assert "civic-map-mark civic-tone-danger" in page
    assert "Benches by the river" in late
    assert "Trees" not in late
    assert rows["Benches by the river"]["Overdue"] == "yes"
    assert rows["Benches by the river"]["Spent so far"] == "1250.00"
    assert rows["Trees"]["Status"] == "done"
    assert "125 % of what is planned" in read_page_of(adoption)
    assert "€1,250 (€250 more than planned)" in read_page_of(adoption)


@pytest.mark.parametrize(
    ("planned", "spent", "beyond"),
    [
        (140_000_000, 151_000_000, "11,000,000원"),
        (140_000_000, 140_000_000, ""),
        (140_000_000, None, ""),
        (0, 5_000, "5,000원"),
        (None, 5_000, ""),
    ],
    ids=["more", "as planned", "nothing said", "no money planned", "no plan"],
)
def test_what_was_spent_beyond_the_plan_is_an_amount_of_its_own(planned, spent, beyond):
    with translation.override("ko"):
        money = money_of(Adoption(currency="KRW", planned=planned), spent)

    assert money.beyond == beyond


def read_page_of(adoption):
    """The city's words on the page of what was adopted."""
    url = adoption.contribution.kind_of.url(adoption.contribution).partition("#")[0]
    return Client().get(url).content.decode()


def test_new_plan_does_not_make_up_for_the_promised_day(work, official, read):
    adoption = work(-3)

    later = {**as_planned(adoption), "expected_on": SOON}
    PlanAdoption(adoption, by=official, reason=REASON, **later).execute()

    assert "Benches by the river" in read(status="late")


def test_map_shows_a_part_and_the_list_with_it(work, read, propose, author):
    work(spot=(Decimal("35.1"), Decimal("128.9")))
    work(to=propose(author, "Trees").contribution, spot=(Decimal("36.5"), Decimal("127.0")))

    page = read(bbox="128.8,35.0,129.0,35.2")

    assert "Benches by the river" in page
    assert "Trees" not in page
    assert read(bbox="nonsense").count('class="civic-map-mark') == 2


def test_what_is_private_or_hidden_is_in_no_list(work, read, forum, contribution):
    work()
    type(contribution).objects.filter(pk=contribution.pk).update(
        state="hidden", hidden_from="published"
    )
    hidden = read()
    type(contribution).objects.filter(pk=contribution.pk).update(state="published", hidden_from="")
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert "Nothing is promised here" in hidden
    assert "Nothing is promised here" in read()
    assert read("deliveries_csv").count("\n") == 1


def test_queries_do_not_grow_with_deliveries(
    work, read, propose, author, django_assert_max_num_queries
):
    for number in range(12):
        spot = (Decimal("35") + number, Decimal("128"))
        work(to=propose(author, f"Idea {number}").contribution, spot=spot)

    with django_assert_max_num_queries(MOST_QUERIES):
        read()


def due(adoption, day, state="running", kept=None):
    """Leave its promise as due at the end of ``day``."""
    with triggers_suspended():
        Promise.objects.of(adoption.contribution).update(
            due_at=end_of(day),
            first_due_at=end_of(day),
            made_at=end_of(day) - timedelta(days=300),
            state=state,
            kept_at=kept and end_of(kept) - timedelta(hours=1),
        )


def test_year_counts_kept_late_and_broken(work, official, propose, author, forum):
    made = [work(to=propose(author, f"Idea {number}").contribution) for number in range(6)]
    due(made[0], date(2025, 12, 31), "kept", date(2025, 12, 30))
    due(made[1], date(2025, 3, 1), "late_kept", date(2025, 4, 1))
    due(made[2], date(2025, 6, 1))
    become(made[3], official, "cancelled", REASON)
    with triggers_suspended():
        day = end_of(date(2025, 9, 1))
        Promise.objects.of(made[3].contribution).update(due_at=day, first_due_at=day)
    due(made[4], date(2026, 1, 1), "kept", date(2025, 12, 30))
    due(made[5], date(2025, 8, 1))

    at = end_of(date(2025, 7, 1))
    year = year_of(2025, [forum.process_id], at=at)
    html = str(YearOfPromisesBlock().render({"year": 2025, "heading": "", "page": None}))

    assert (year.kept, year.late, year.broken, year.open) == (1, 2, 1, 1)
    assert year_of(2026, [forum.process_id], at=at).kept == 1
    assert year_of(2025, [], at=at).all == 0
    assert "How the city kept its promises in 2025" in html
    assert "cancelled by the city" in html


def test_cancellation_without_a_day_counts_in_its_own_year(contribution, official, forum):
    adoption = Adopt(contribution, by=official, is_work=True).execute()

    become(adoption, official, "cancelled", REASON)

    year = year_of(timezone.localdate().year, [forum.process_id], at=clock.now())
    assert (year.broken, year.all) == (1, 1)
