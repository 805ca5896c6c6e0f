"""The way of an idea: who may move it, from where to where, and who hears of it."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Revision

from civic_sourcing.answers.actions import DraftAnswer, PublishAnswer
from civic_sourcing.answers.compliance import accepted_without_plan
from civic_sourcing.attribution.actions import HideContribution, WithdrawContribution
from civic_sourcing.attribution.actions.derive import MergeContributions
from civic_sourcing.attribution.history import history_of
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.ideas import stages
from civic_sourcing.ideas.actions import ChangeStage, SupportIdea
from civic_sourcing.ideas.models import IdeaFollow, IdeaPage, Stage, StageChange
from civic_sourcing.ideas.models.stages import StageNews
from civic_sourcing.ideas.stage_news import tell_waiting
from civic_sourcing.ideas.stage_verification import verify_stages
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant
from tests.ideas.conftest import open_phase
from tests.ideas.stage_people import *  # noqa: F403
from tests.ideas.stage_people import put

WORDS = {"reason_codes": ["no-money"], "note": "There is no money this year."}


def test_official_puts_an_idea_under_review(idea, official):
    change = ChangeStage(idea, by=official, stage="review").execute()

    idea.refresh_from_db()
    assert (idea.stage, change.before, change.after) == ("review", "published", "review")
    assert change.by == Participant.objects.of(official)


ROLES = ["signed out", "author", "supporter", "neighbour", "deactivated", "editor", "moderator",
         "official elsewhere", "official", "superuser"]  # fmt: skip
PHASES = ["collect", "support", "review", "answer", None]
MAY = {"official", "superuser"}


@pytest.mark.parametrize("phase", PHASES, ids=str)
@pytest.mark.parametrize("role", ROLES)
def test_only_officials_of_the_place_move_ideas_in_any_phase(role, phase, idea, staff, forum):
    open_phase(forum, phase) if phase else forum.process.phases.all().delete()
    step = ChangeStage(idea, by=staff[role], stage="review")

    if role in MAY:
        assert step.execute().after == "review"
    else:
        with pytest.raises(ActionForbidden):
            step.execute()


ALLOWED = {
    "published": "review shortlisted accepted declined referred ballot",
    "review": "published shortlisted accepted declined referred ballot",
    "shortlisted": "review accepted declined referred ballot",
    "accepted": "progress done ballot declined",
    "declined": "review",
    "referred": "review",
    "ballot": "accepted declined progress",
    "progress": "done accepted declined",
    "done": "progress",
    "withdrawn": "",
    "merged": "",
}


@pytest.mark.parametrize("after", Stage.values)
@pytest.mark.parametrize("before", Stage.values)
def test_stage_follows_only_where_it_may(before, after, idea, official):
    put(idea, before)
    step = ChangeStage(idea, by=official, stage=after, **WORDS)

    if after in ALLOWED[before].split():
        assert step.execute().after == after
    else:
        with pytest.raises(ActionRefused) as refused:
            step.execute()
        assert refused.value.code == ("same-stage" if before == after else "not-next")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"stage": "declined", "note": "No."}, "no-reason"),
        ({"stage": "declined", "reason_codes": ["law"]}, "no-note"),
        ({"stage": "declined", "reason_codes": ["law"], "note": " \u200b "}, "no-note"),
        ({"stage": "declined", "reason_codes": ["because"], "note": "No."}, "unknown-reason"),
        ({"stage": "referred"}, "no-note"),
        ({"stage": "nonsense"}, "unknown-stage"),
        ({"stage": "merged"}, "not-next"),
        ({"stage": "withdrawn"}, "not-next"),
    ],
    ids=["no reason", "no words", "nothing to see", "unknown reason", "where to", "unknown stage",
         "merged", "withdrawn"],
)  # fmt: skip
def test_official_owes_reasons(words, code, idea, official):
    with pytest.raises(ActionRefused) as refused:
        ChangeStage(idea, by=official, **words).execute()

    assert refused.value.code == code
    assert not StageChange.objects.exists()


def test_what_nobody_can_read_keeps_its_stage(idea, official):
    HideContribution(idea.contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        ChangeStage(idea, by=official, stage="review").execute()

    assert refused.value.code == "not-published"


def test_official_cannot_say_that_a_threshold_did_it(idea, official):
    change = ChangeStage(idea, by=official, stage="review", cause="threshold").execute()

    assert change.cause == "hand"


def test_log_names_stage_and_reasons_and_no_words(idea, official):
    ChangeStage(idea, by=official, stage="declined", **WORDS).execute()

    entry = AuditEntry.objects.get(action="civic_ideas.change_stage")
    assert entry.details["before"] == "published"
    assert entry.details["reasons"] == ["no-money"]
    assert "money this year" not in str(entry.details)


def test_double_click_moves_once(idea, official):
    steps = [
        ChangeStage(idea, by=official, stage="review", idempotency_key="one") for _ in range(2)
    ]

    changes = [step.execute() for step in steps]

    assert changes[0] == changes[1]
    assert StageChange.objects.count() == 1


@pytest.mark.parametrize("write", ["change", "delete"])
def test_database_keeps_every_step(write, idea, official):
    change = ChangeStage(idea, by=official, stage="review").execute()

    with pytest.raises(IntegrityError), transaction.atomic():
        if write == "delete":
            change.delete()
        else:
            StageChange.objects.update(note="Something else")


def test_old_revision_does_not_bring_an_old_stage_back(idea, official):
    revision = idea.save_revision()
    ChangeStage(idea, by=official, stage="review").execute()

    Revision.objects.get(pk=revision.pk).publish()

    assert IdeaPage.objects.get(pk=idea.pk).stage == "review"


def test_author_supporters_and_followers_are_told_once_each(
    idea, official, author, citizen, neighbour
):
    SupportIdea(idea, by=citizen).execute()
    for user in (citizen, neighbour):
        IdeaFollow.objects.create(
            contribution=idea.contribution,
            participant=Participant.objects.of(user),
            since=idea.filed_at,
        )

    ChangeStage(idea, by=official, stage="declined", **WORDS).execute()

    told = Notification.objects.filter(subject__contains="Declined")
    assert {row.user for row in told} == {author, citizen, neighbour}
    assert told.count() == 3
    assert "There is no money this year." in told.get(user=author).body
    assert "There is no money for it" in told.get(user=author).body


def test_many_supporters_are_told_by_the_tick_once(idea, official, make_citizen, monkeypatch):
    monkeypatch.setattr("civic_sourcing.ideas.stage_news.AT_ONCE", 2)
    for number in range(4):
        SupportIdea(idea, by=make_citizen(f"citizen{number}")).execute()
    ChangeStage(idea, by=official, stage="review").execute()
    at_once = Notification.objects.filter(subject__contains="Under review").count()

    said = [tell_waiting(idea.filed_at) for _ in range(2)]

    assert at_once == 1
    assert said == ["4 told", "0 told"]
    assert Notification.objects.filter(subject__contains="Under review").count() == 5
    assert not StageNews.objects.exists()


def test_withdrawn_by_its_author_is_a_stage(idea, author):
    WithdrawContribution(idea.contribution, by=author).execute()

    idea.refresh_from_db()
    assert idea.stage == "withdrawn"
    assert StageChange.objects.get().cause == "author"


def test_history_tells_each_stage_with_its_reasons(idea, official):
    ChangeStage(idea, by=official, stage="review").execute()
    ChangeStage(idea, by=official, stage="declined", **WORDS).execute()

    events = history_of(idea.contribution)

    assert [event.code for event in events] == ["filed", "stage-review", "stage-declined"]
    assert "There is no money for it" in events[-1].details


def test_choice_about_several_ideas_is_what_may_follow_all():
    assert stages.following(["accepted", "published"]) == ["declined", "ballot"]
    assert stages.following(["done", "published"]) == []
    assert stages.following([]) == []


def test_verification_finds_an_idea_that_stands_elsewhere(idea, official):
    ChangeStage(idea, by=official, stage="review").execute()
    before = list(verify_stages(Verification()))
    put(idea, "done")

    found = list(verify_stages(Verification()))

    assert before == []
    assert "'done'" in found[0].message


ANSWERS = {
    "accepted": "accepted",
    "partly": "accepted",
    "declined": "declined",
    "referred": "referred",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("decision", ANSWERS)
def test_final_answer_decides_the_stage(decision, idea, official):
    words = {"text": "We have looked at it with care.", "reason_codes": ["no-money"]}
    answer = DraftAnswer(idea.contribution, by=official, decision=decision, **words).execute()

    PublishAnswer(answer, by=official).execute()

    idea.refresh_from_db()
    assert idea.stage == ANSWERS[decision]
    assert StageChange.objects.get().cause == "answer"


@pytest.mark.parametrize(
    ("stage", "gap"),
    [("accepted", True), ("progress", True), ("done", False), ("declined", False)],
)
@pytest.mark.django_db(transaction=True)
def test_what_is_accepted_needs_a_plan_until_it_is_done(stage, gap, idea, official):
    words = {"decision": "accepted", "text": "We build it."}
    answer = DraftAnswer(idea.contribution, by=official, **words).execute()
    PublishAnswer(answer, by=official).execute()

    put(idea, stage)

    assert accepted_without_plan().exists() == gap


@pytest.mark.django_db(transaction=True)
def test_merged_ideas_say_so(idea, propose, citizen, official):
    other = propose(citizen, "Seats by the river")
    words = {"title": "Benches and seats", "text": "Both.", "language": "en"}

    originals = [idea.contribution, other.contribution]
    MergeContributions.of(originals, by=official, **words).execute()

    for original in (idea, other):
        original.refresh_from_db()
        assert original.stage == "merged"
