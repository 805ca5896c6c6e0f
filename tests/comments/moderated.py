"""Scenes where comments meet moderation: a conversation, what is decided, what everybody sees."""

from datetime import timedelta

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.actions import FollowThread, PostComment, RateComment
from civic_sourcing.comments.models import Comment, CommentVote, Mention, Thread
from civic_sourcing.comments.verification import verify_comments
from civic_sourcing.core.audit import verify
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.moderation.actions import (
    DecideAppeal,
    DecideCase,
    FileAppeal,
    ReportContribution,
)
from civic_sourcing.moderation.models import Case, Decision, ForumModeration, Measure, Report
from civic_sourcing.notifications.models import Notification
from tests.scenes import maker, scene

DAY = timedelta(days=1)
TEXT = "Ask @Mina Han, that fool of a mason, about the armrests."
RUDE = "that fool of a mason"
NAMED = "@Mina Han"
FACTS = "One passage runs down a neighbour."


def span(words, text=TEXT):
    return ["text", text.index(words), text.index(words) + len(words)]


@scene
def second_moderator(make_citizen, moderator):
    user = make_citizen("moderator2")
    user.groups.set(moderator.groups.all())
    return user


@maker
def speak(thread):
    """Post online, where the gate looks at it, as often as one likes."""

    def say(by, text=TEXT, **more):
        cache.clear()
        return PostComment(thread, by=by, text=text, **more).execute()

    return say


@scene
def talk(speak, proposer, citizen, neighbour):
    """A question, what the citizen said to it (``talk[1]``), and an answer that quotes that."""
    question = speak(proposer, "Where do we want them?")
    said = speak(citizen, TEXT, parent=question, quoted=question)
    answer = speak(neighbour, "Please stay polite.", parent=said, quoted=said)
    FollowThread(question.thread, by=neighbour).execute()
    RateComment(said, by=neighbour, value=1).execute()
    RateComment(said, by=proposer, value=-1).execute()
    return [question, said, answer]


@scene
def said(talk):
    return talk[1]


@maker
def report(rules, make_citizen, settle):
    """Report a comment, by somebody else known here each time, unless said otherwise."""

    def file(comment, *, by=None, rule="respect", **words):
        by = by or settle(make_citizen(f"reporter{Report.objects.count()}"))
        row = Contribution.objects.get(pk=comment.pk)
        return ReportContribution(row, by=by, rule=rules(rule), **words).execute()

    return file


@scene
def case(report, said):
    return Case.objects.get(pk=report(said).case_id)


@maker
def decide(rules, moderator):
    """Decide a case as the moderator: hide under “respect”, unless said otherwise."""

    def take(case, outcome="hide", *, by=moderator, rule="respect", facts=FACTS, **terms):
        found = rules(rule) if rule else None
        return DecideCase(case, by=by, outcome=outcome, rule=found, facts=facts, **terms).execute()

    return take


@maker
def appeal(citizen, second_moderator):
    """The citizen appeals, and the second moderator decides."""

    def take(decision, verdict="reversed", *, by=citizen, **terms):
        filed = FileAppeal(decision, by=by, text="It was meant kindly.").execute()
        return DecideAppeal(
            filed,
            by=second_moderator,
            appeal_outcome=verdict,
            reasons="On a second look it is about the matter.",
            **terms,
        ).execute()

    return take


@maker
def look_first(forum):
    def switch(mode="everyone"):
        ForumModeration.objects.update_or_create(
            process=forum.process, defaults={"premoderation": mode}
        )

    return switch


def now(comment):
    return Comment.objects.select_related("contribution", "thread").get(pk=comment.pk)


def row(comment):
    return Contribution.objects.get(pk=comment.pk)


def snapshot():
    """All that stands in threads, who is named, counted and told; the same after a reversal."""
    rows = Contribution.objects.filter(kind="comment").order_by("pk")
    notes = Notification.objects.filter(category__startswith="civic_comments.").order_by("pk")
    return {
        "comments": list(Comment.objects.order_by("pk").values()),
        "threads": list(Thread.objects.order_by("pk").values()),
        "votes": list(CommentVote.objects.order_by("pk").values()),
        "mentions": sorted(Mention.objects.values_list("comment", "participant", "name")),
        "rows": list(rows.values("pk", "state", "title", "process", "sequence", "held_by")),
        "texts": [
            each.versions.order_by("-number").values_list("text", flat=True).first()
            for each in rows
        ],
        "news": list(notes.values("user", "category", "subject", "body", "url")),
    }


def told(user, category="civic_moderation."):
    """Subjects of what somebody was told, the first first."""
    found = Notification.objects.filter(user=user, category__startswith=category)
    return list(found.order_by("pk").values_list("subject", flat=True))


def seen(place, user=None):
    """The page on which people discuss, as a visitor or ``user`` gets it."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(place.url).content.decode()


def let_pass(decision):
    """Have the time of a decision be over since a second."""
    over = timezone.now() - timedelta(seconds=1)
    with triggers_suspended(of=[Decision, Measure]):
        Measure.objects.filter(decision=decision).update(until=over, starts_at=over - DAY)
        Decision.objects.filter(pk=decision.pk).update(until=over, starts_at=over - DAY)


def faults():
    """What is wrong with the counts of threads, or with the log."""
    found = [finding.code for finding in verify_comments(Verification())]
    return found + [each.code for report in verify() for each in report.findings]
