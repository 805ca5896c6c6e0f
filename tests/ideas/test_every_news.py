"""
Every kind of news about ideas: told in the transaction, never sent in it, once to each person, as
they chose, until one click ends it.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone

from civic_sourcing.answers.actions import Adopt, DraftAnswer, PublishAnswer, ReportDelivery
from civic_sourcing.answers.models import Adoption
from civic_sourcing.attribution.models import Channel
from civic_sourcing.comments.actions import FollowThread, PostComment
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.ideas.actions import ChangeStage, FollowIdea
from civic_sourcing.notifications.categories import get_category
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.digests import gather
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.participants.phase_news import tell_of_phases
from tests.ideas.conftest import DAY, open_phase
from tests.ideas.stage_people import *  # noqa: F403

STAGES = ["review", "shortlisted"]


def stage(scene, turn):
    ChangeStage(scene["idea"], by=scene["official"], stage=STAGES[turn]).execute()


def answer(scene, turn):
    words = {"decision": "accepted", "text": f"We build them, part {turn}."}
    draft = DraftAnswer(scene["contribution"], by=scene["official"], **words).execute()
    PublishAnswer(draft, by=scene["official"]).execute()


def delivery(scene, turn):
    by = scene["official"]
    adoption = Adoption.objects.first() or Adopt(scene["contribution"], by=by).execute()
    ReportDelivery(adoption, by=by, text=f"{turn} benches stand.").execute()


def comment(scene, turn, **words):
    words = {"text": f"Here, {turn}.", "channel": Channel.IMPORT, **words}
    PostComment(scene["thread"], by=scene["official"], **words).execute()


def reply(scene, turn):
    comment(scene, turn, parent=Comment.objects.get(pk=scene["comment"].pk))


def opening(scene, turn):
    open_phase(scene["forum"], "support", opened=-timedelta(hours=1 + turn), closes=30 * DAY)
    tell_of_phases(timezone.now())


def ending(scene, turn):
    open_phase(scene["forum"], "support", opened=-30 * DAY, closes=(turn + 1) * DAY)
    tell_of_phases(timezone.now())


NEWS = [
    pytest.param("civic_ideas.stages", stage, "mina", id="my ideas"),
    pytest.param("civic_ideas.supported", stage, "citizen", id="followed"),
    pytest.param("civic_answers.answers", answer, "mina", id="answers"),
    pytest.param("civic_answers.deliveries", delivery, "mina", id="deliveries"),
    pytest.param("civic_comments.replies", reply, "neighbour", id="replies"),
    pytest.param("civic_comments.on_mine", comment, "mina", id="comments on mine"),
    pytest.param("civic_comments.followed", comment, "citizen", id="followed threads"),
    pytest.param("civic_participants.phase_opened", opening, "mina", id="phase opens"),
    pytest.param("civic_participants.phase_ends", ending, "mina", id="phase ends soon"),
]


@pytest.fixture
def scene(idea, forum, official, citizen, neighbour):
    """An idea people follow and discuss; everybody has an address."""
    get_user_model().objects.update(email=Concat(F("username"), Value("@example.org")))
    thread = Thread.objects.opened_below(idea.contribution)
    FollowIdea(idea, by=citizen).execute()
    FollowThread(thread, by=citizen).execute()
    first = PostComment(thread, by=neighbour, text="Of oak.", channel=Channel.IMPORT).execute()
    Notification.objects.all().delete()
    OutboxMessage.objects.all().delete()
    return {
        "idea": idea,
        "contribution": idea.contribution,
        "forum": forum,
        "official": official,
        "thread": thread,
        "comment": first,
    }


@pytest.fixture
def happens(django_capture_on_commit_callbacks):
    """Let something happen, with all that follows a commit."""

    def happen(cause, scene, turn=0):
        with django_capture_on_commit_callbacks(execute=True):
            cause(scene, turn)

    return happen


def choose(name, category, how):
    user = get_user_model().objects.get(username=name)
    Preference.objects.create(user=user, category=category, in_app=True, mail=how)


def in_app(name, category):
    return Notification.objects.filter(user__username=name, category=category).count()


def only(name, category):
    """Let nobody else be told anything, so that a letter is about this alone."""
    others = Notification.objects.exclude(user__username=name, category=category)
    OutboxMessage.objects.filter(notifications__in=others).delete()
    others.delete()


@pytest.mark.parametrize(("category", "cause", "name"), NEWS)
def test_news_are_written_with_the_step_and_sent_afterwards_once(
    scene, happens, category, cause, name
):
    choose(name, category, "now")

    happens(cause, scene)
    in_the_request = list(mail.outbox)
    told = in_app(name, category)
    for _run in range(3):
        deliver()

    assert in_the_request == []
    assert told == 1
    assert len(letters(name, category)) == 1


@pytest.mark.parametrize("how", ["daily", "weekly"])
@pytest.mark.parametrize(("category", "cause", "name"), NEWS)
def test_news_wait_for_the_digest_that_was_chosen(scene, happens, category, cause, name, how):
    choose(name, category, how)

    happens(cause, scene)
    only(name, category)
    deliver()
    before = len(mail.outbox)
    Notification.objects.update(created_at=timezone.now() - 8 * DAY)
    written = [gather(timezone.now()) for _run in range(2)]
    deliver()

    assert (before, written) == (0, [1, 0])
    (letter,) = mail.outbox
    assert letter.to == [f"{name}@example.org"]


@pytest.mark.parametrize(("category", "cause", "name"), NEWS)
def test_one_click_ends_the_mail_and_leaves_the_list(scene, happens, category, cause, name):
    choose(name, category, "now")
    happens(cause, scene)
    deliver()
    link = unsubscribe_link(letters(name, category)[0])

    answer = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    mail.outbox.clear()
    happens(cause, scene, 1)
    deliver()

    assert answer.status_code == 200
    assert in_app(name, category) == 2
    assert letters(name, category) == []


def letters(name, category):
    """What has arrived of that category, told by the link that ends it."""
    found = []
    for letter in mail.outbox:
        if letter.to == [f"{name}@example.org"]:
            page = Client().get(unsubscribe_link(letter)).content.decode()
            found += [letter] if label_of(category) in page else []
    return found


def unsubscribe_link(letter):
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return re.fullmatch(r"<https?://[^/]+(/.+)>", letter.extra_headers["List-Unsubscribe"])[1]


def label_of(category):
    return str(get_category(category).label)
