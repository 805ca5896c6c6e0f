"""What the city makes of an idea: a plan with a promise, milestones, news, and credits."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from civic_sourcing.answers.actions import (
    Adopt,
    ChangeAdoptionStatus,
    PlanAdoption,
    RemoveMilestone,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.compliance import accepted_without_plan, gaps
from civic_sourcing.answers.models import Adoption, Agreement, Promise
from civic_sourcing.answers.places import adoptions_for
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.history import history_of
from civic_sourcing.attribution.models import Derivation
from civic_sourcing.core.audit import verify
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.uploads import receive
from civic_sourcing.notifications.models import Notification

from .conftest import DAY, REASON

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=60)


@pytest.fixture
def adopt(contribution, official):
    def adopt(to=contribution, by=official, **plan):
        return Adopt(to, by=by, **plan).execute()

    return adopt


@pytest.fixture
def adoption(adopt, official, parks):
    return adopt(owner=official, department=parks, expected_on=SOON, text="Twelve benches.")


def told(user):
    return list(
        Notification.objects.filter(user=user).order_by("pk").values_list("subject", flat=True)
    )


def code_of(action):
    with pytest.raises(ActionRefused) as refused:
        action.execute()
    return refused.value.code


def become(adoption, status, by, **words):
    return ChangeAdoptionStatus(adoption, by=by, status=status, **words).execute()


def test_adoption_is_derived_from_the_idea(adoption, contribution, author):
    tie = Derivation.objects.get(source=contribution)

    assert (tie.target, tie.kind) == (adoption.contribution, "adopted")
    assert list(Adoption.objects.of(contribution)) == [adoption]
    assert adoption.contribution.title == "Benches by the river"
    assert told(author) == ["The city adopted your “Benches by the river”"]
    assert not [finding for report in verify() for finding in report.findings]


def test_expected_day_is_promised(adoption):
    promise = Promise.objects.get()

    assert (promise.kind, promise.contribution) == ("delivery", adoption.contribution)
    assert timezone.localtime(promise.due_at - timedelta(seconds=1)).date() == SOON


def test_idea_is_adopted_once(adoption, adopt, official, contribution):
    assert code_of(Adopt(contribution, by=official)) == "adopted-already"
    become(adoption, "cancelled", official, reason=REASON)

    assert adopt() != adoption


def test_hidden_idea_is_not_adopted(contribution, official):
    HideContribution(contribution, by=None).execute()

    assert code_of(Adopt(contribution, by=official)) == "not-published"


def test_nothing_is_expected_in_the_past(contribution, official):
    assert code_of(Adopt(contribution, by=official, expected_on=TODAY - DAY)) == "past"


@pytest.mark.parametrize(
    ("plan", "gap"),
    [({}, True), ({"owner": None}, True), ({"expected_on": None}, True), (None, False)],
    ids=["nothing", "no owner", "no day", "both"],
)
def test_adoption_without_owner_or_day_is_a_gap(adopt, official, plan, gap):
    whole = {"owner": official, "expected_on": SOON}
    adoption = adopt(**(whole if plan is None else {**whole, **plan} if plan else {}))

    assert gaps() == ([adoption] if gap else [])


def test_owner_who_leaves_makes_a_gap(adoption, official):
    official.delete()

    assert gaps() == [adoption]


def test_what_is_accepted_and_not_adopted_is_a_gap(answer, adopt):
    accepted = answer()

    assert list(accepted_without_plan()) == [accepted]
    adopt()
    assert not accepted_without_plan().exists()


def test_later_day_needs_a_reason(adoption, official):
    plan = {"owner": official, "expected_on": SOON + timedelta(days=30)}

    assert code_of(PlanAdoption(adoption, by=official, **plan)) == "no-reason"
    PlanAdoption(adoption, by=official, reason=REASON, **plan).execute()

    assert Promise.objects.get().extensions.get().reason == REASON


def test_day_set_later_is_promised_then(adopt, official):
    adoption = adopt()

    PlanAdoption(adoption, by=official, owner=official, expected_on=SOON).execute()

    assert Promise.objects.get().contribution == adoption.contribution


def test_partners_are_those_of_the_agreement(adopt, parks, roads):
    agreement = Agreement.objects.create(title="Green roads", valid_from=TODAY)
    agreement.departments.set([parks, roads])

    assert list(adopt(department=parks, agreement=agreement).partners.all()) == [roads]


def test_what_is_in_force_keeps_its_promise_and_tells_the_author(adoption, official, author):
    become(adoption, "in_progress", official)
    become(adoption, "in_force", official)

    adoption.refresh_from_db()
    assert adoption.delivered_at is not None
    assert Promise.objects.get().state == "kept"
    assert len(told(author)) == 3
    last = Notification.objects.filter(user=author).latest("pk")
    assert "in force" in last.body


def test_cancelled_says_why_and_owes_nothing(adoption, official):
    assert code_of(ChangeAdoptionStatus(adoption, by=official, status="cancelled")) == "no-reason"
    become(adoption, "cancelled", official, reason=REASON)

    assert (Promise.objects.get().state, Promise.objects.get().waived_reason) == ("waived", REASON)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("cancelled", "planned", "not-from-here"),
        ("in_force", "in_progress", "not-from-here"),
        ("in_force", "in_force", "unchanged"),
        ("planned", "flying", "unknown-status"),
    ],
)
def test_status_goes_only_where_it_may(adopt, official, before, after, code):
    adoption = adopt()
    if before != "planned":
        become(adoption, before, official, reason=REASON)

    assert code_of(ChangeAdoptionStatus(adoption, by=official, status=after)) == code


def test_milestones_are_planned_and_reached(adoption, official):
    milestone = SetMilestone(adoption, by=official, title="Ordered", due_on=SOON).execute()
    SetMilestone(
        adoption, by=official, milestone=milestone, title="Ordered", due_on=SOON, done_on=TODAY
    ).execute()

    assert adoption.milestones.get().done_on == TODAY
    assert code_of(RemoveMilestone(adoption, by=official, milestone=milestone)) == "reached"


@pytest.mark.parametrize(
    ("words", "code"),
    [({"title": "\u200b"}, "blank"), ({"title": "Later", "done_on": SOON}, "not-yet")],
)
def test_milestone_is_refused(adoption, official, words, code):
    assert code_of(SetMilestone(adoption, by=official, **words)) == code


@pytest.fixture
def photo():
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return receive(SimpleUploadedFile("bench.png", content.getvalue(), "image/png"))


def test_news_of_the_delivery_reaches_author(adoption, official, author, client, photo):
    update = ReportDelivery(
        adoption, by=official, text="Six stand.", photos=[(photo, "A bench")], spent=120_000
    ).execute()

    picture = update.photos.get()
    assert (picture.alternative_text, update.spent) == ("A bench", 120_000)
    assert client.get(picture.get_absolute_url()).status_code == 200
    assert told(author)[-1] == "There is news of what the city makes of your “Benches by the river”"


def test_photo_needs_words(adoption, official, photo):
    action = ReportDelivery(adoption, by=official, text="Six stand.", photos=[(photo, " ")])

    assert code_of(action) == "no-alternative-text"


def test_moderators_do_not_hide_what_the_city_says(adoption):
    with pytest.raises(ActionRefused):
        HideContribution(adoption.contribution, by=None).execute()


@pytest.mark.parametrize("who", ["author", "gardener", "foreign_official"])
def test_others_adopt_nothing(request, adoption, contribution, who):
    user = request.getfixturevalue(who)

    for action in (
        Adopt(contribution, by=user),
        PlanAdoption(adoption, by=user),
        ChangeAdoptionStatus(adoption, by=user, status="in_force"),
        SetMilestone(adoption, by=user, title="Mine"),
        ReportDelivery(adoption, by=user, text="Mine"),
    ):
        with pytest.raises(ActionForbidden):
            action.execute()
    assert not adoptions_for(user).exists()


def test_history_of_the_idea_tells_its_delivery(adoption, contribution, official):
    SetMilestone(adoption, by=official, title="Ordered", done_on=TODAY).execute()
    ReportDelivery(adoption, by=official, text="Six stand.").execute()
    become(adoption, "in_force", official)

    codes = [event.code for event in history_of(contribution)]

    assert {"adopted", "milestone", "delivery", "adoption-in-force"} <= set(codes)
