"""Who is told of a question: its managers; of a reply: everybody who takes part."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import NEWS, TO_MANAGE
from civic_sourcing.challenges.entering.news import said
from civic_sourcing.challenges.entering.places import way_to
from civic_sourcing.challenges.models import Entry, EntryState, SolverQuestion, TeamMember
from civic_sourcing.challenges.roles import MANAGER
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.roles import people_with_role

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)


def tell_asked(question: SolverQuestion) -> None:
    """Tell the managers that somebody waits for a reply."""
    process = question.process
    notify(
        people_with_role(MANAGER, process),
        category=TO_MANAGE,
        subject=said(_("A question was asked: %(challenge)s"), process),
        body=_("Everybody who takes part reads the reply, so that all know the same."),
        url=reverse("civic_entries_admin:questions", args=[process.uuid]),
        about=question.uuid,
    )


def tell_replied(question: SolverQuestion) -> None:
    """Tell whoever has an entry here, and who asked, at the same moment."""
    process = question.process
    entries = Entry.objects.of(process).filter(state__in=ALIVE)
    members = TeamMember.objects.present().filter(entry__in=entries).values("participant")
    people = Participant.objects.filter(pk__in=members) | Participant.objects.filter(
        pk__in=entries.values("captain")
    )
    users = [person.user for person in people.distinct().select_related("user")]
    if question.participant:
        users.append(question.participant.user)
    notify(
        users,
        category=NEWS,
        subject=said(_("A question was answered: %(challenge)s"), process),
        body=_("Question and reply can be read by everybody."),
        url=way_to(process, "questions"),
        about=question.uuid,
    )


def tell_declined(question: SolverQuestion) -> None:
    """Tell who asked, and why."""
    asker: Any = question.participant
    notify(
        [asker.user] if asker else [],
        category=NEWS,
        subject=said(_("Your question is not answered: %(challenge)s"), question.process),
        body=question.declined_reason,
        url=way_to(question.process, "questions"),
        about=question.uuid,
    )
