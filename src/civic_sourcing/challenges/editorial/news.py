"""Who hears of a step of the review."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import TO_MANAGE
from civic_sourcing.challenges.editorial.people import managers_of, pages_of, stewards_of
from civic_sourcing.challenges.models import ChallengeFacts, EditorialState
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.models import Process

SENTENCES: dict[str, Any] = {
    EditorialState.IN_REVIEW: _("Please review the challenge “%(title)s”"),
    EditorialState.EDITS_REQUESTED: _("Edits are requested in the challenge “%(title)s”"),
    EditorialState.APPROVED: _("The challenge “%(title)s” is approved"),
    EditorialState.PUBLISHED: _("The challenge “%(title)s” is published"),
}


def tell_review(action: Any, subject: Process, result: ChallengeFacts, **kwargs: Any) -> None:
    """Stewards hear what waits for them, managers what became of it; not who did it."""
    sentence = SENTENCES.get(result.state)
    if sentence is None:
        return
    waits = result.state == EditorialState.IN_REVIEW
    people = stewards_of(subject) if waits else managers_of(subject)
    notify(
        [user for user in people if user != action.by],
        category=TO_MANAGE,
        subject=filled(sentence, title=pages_of(subject)[0].title),
        body=_("What was said about it stands in its section “Review”."),
        url=reverse_lazy("civic_challenges_desk:review", args=[subject.uuid]),
        about=subject.uuid,
    )


def tell_not_published(facts: ChallengeFacts) -> None:
    """Once for each date: managers and stewards hear that it came, and something is missing."""
    process = facts.process
    notify(
        [*managers_of(process), *stewards_of(process)],
        category=TO_MANAGE,
        subject=filled(
            _("The challenge “%(title)s” could not be published on its date"),
            title=pages_of(process)[0].title,
        ),
        body=_("What is missing stands in its section “Review”."),
        url=reverse_lazy("civic_challenges_desk:review", args=[process.uuid]),
        about=process.uuid,
        dedupe=f"{process.uuid} {facts.publish_on}",
    )
