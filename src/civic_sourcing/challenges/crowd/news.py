"""What solvers are told when they are to score each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import ENTRIES
from civic_sourcing.challenges.entering.news import said
from civic_sourcing.challenges.entering.places import way_to
from civic_sourcing.challenges.models import CrowdVote
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.processes.policies import written


def remind(vote: CrowdVote, people: Iterable[Any], *, once: str) -> int:
    """
    Remind people of entries they have not scored; with the same ``once`` nobody hears of it twice.

    Returns how many were told.
    """
    sentence = said(
        _("You have not scored all entries that are waiting for you. You can until %(until)s."),
        vote.process,
        until=partial(written, vote.closes_at),
    )
    return notify(
        [person.user for person in people],
        category=ENTRIES,
        subject=said(_("Entries of others wait for your points: %(challenge)s"), vote.process),
        body=sentence,
        url=way_to(vote.process, "peers"),
        about=vote.uuid,
        dedupe=f"peers:{vote.uuid}:{once}",
    )


def tell_assigned(vote: CrowdVote, people: Iterable[Any]) -> None:
    """Tell everybody to whom entries were given, and until when."""
    sentence = said(
        _(
            "You have entered, so you help to choose: please score the entries of others that are "
            "waiting for you until %(until)s. Your own is scored by others in the same way."
        ),
        vote.process,
        until=partial(written, vote.closes_at),
    )
    notify(
        [person.user for person in people],
        category=ENTRIES,
        subject=said(_("Score entries of others: %(challenge)s"), vote.process),
        body=sentence,
        url=way_to(vote.process, "peers"),
        about=vote.uuid,
        dedupe=f"peers:{vote.uuid}",
    )
