"""What happens to promises where what they were made to is withdrawn, merged or moved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from civic_sourcing.answers import promises
from civic_sourcing.answers.models import Adoption, OfficialAnswer, Promise, PromiseKind
from civic_sourcing.attribution import signals
from civic_sourcing.attribution.ledger import move_along
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind


def connect() -> None:
    """Called by ``AppConfig.ready``."""
    signals.contribution_withdrawn.connect(owe_nothing)
    signals.contributions_merged.connect(owe_there)
    signals.contribution_derived.connect(owe_there_if_merged)
    signals.contribution_moved.connect(go_along)


def owe_nothing(*, subject: Contribution, **_facts: Any) -> None:
    """Nothing is owed to what its author took back."""
    with translation.override(subject.language):
        reason = _("Its author has withdrawn it.")
    promises.waive(subject, reason=reason)


@transaction.atomic
def owe_there(*, result: Contribution, **_facts: Any) -> None:
    """
    What was owed to each original is owed to what they were merged into, by the same day.

    Of several for the same cause the earliest day holds. What the city has answered already is
    owed no other answer.
    """
    answered = OfficialAnswer.objects.of(result).published().final().exists()
    ties = Derivation.objects.filter(target=result, kind=DerivationKind.MERGES)
    running = Promise.objects.running().answers().filter(contribution__in=ties.values("source"))
    owed = list(running.select_related("contribution__process", "department", "owner"))
    for promise in [] if answered else sorted(owed, key=lambda each: (each.due_at, each.pk)):
        promises.owe(
            result,
            cause=promise.cause,
            due_at=promise.due_at,
            department=promise.department,
            owner=promise.owner,
            key=promise.key,
            details=promise.cause_details,
        )
    for original in sorted({each.contribution for each in owed}, key=lambda each: each.pk):
        with translation.override(original.language):
            reason = _("It was merged into “%(title)s”, where the promise goes on.")
            if answered:
                reason = _("It was merged into “%(title)s”, which the city has answered.")
            reason %= {"title": result.title}
        promises.waive(original, reason=reason, kind=PromiseKind.ANSWER)


def owe_there_if_merged(*, result: Any, **_facts: Any) -> None:
    """The same where something was merged into what stood there before."""
    if isinstance(result, Derivation) and result.kind == DerivationKind.MERGES:
        owe_there(result=result.target)


@transaction.atomic
def go_along(*, contribution: Contribution, **_facts: Any) -> None:
    """What the city made of it goes with it, to those who answer there."""
    adopted = Adoption.objects.of(contribution).exclude(
        contribution__process=contribution.process_id
    )
    rows = Contribution.objects.select_for_update(no_key=True).filter(
        pk__in=adopted.values("contribution")
    )
    for row in rows.order_by("pk"):
        move_along([row], contribution.process)
