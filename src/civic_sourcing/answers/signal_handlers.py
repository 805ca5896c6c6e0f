"""What happens to promises where what they were made to is withdrawn or lives on elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from civic_sourcing.answers import promises
from civic_sourcing.answers.models import Promise, PromiseKind
from civic_sourcing.attribution import signals as ledger
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind


def connect() -> None:
    """Called by ``AppConfig.ready``."""
    ledger.contribution_withdrawn.connect(owe_nothing)
    ledger.contributions_merged.connect(owe_there)


def owe_nothing(*, subject: Contribution, **_facts: Any) -> None:
    """Nothing is owed to what its author took back."""
    with translation.override(subject.language):
        reason = _("Its author has withdrawn it.")
    promises.waive(subject, reason=reason)


@transaction.atomic
def owe_there(*, result: Contribution, **_facts: Any) -> None:
    """
    What was owed to each original is owed to what they were merged into, by the same day.

    Of several for the same cause the earliest day holds.
    """
    ties = Derivation.objects.filter(target=result, kind=DerivationKind.MERGES)
    running = Promise.objects.running().answers().filter(contribution__in=ties.values("source"))
    owed = list(running.select_related("contribution__process", "department", "owner"))
    for promise in sorted(owed, key=lambda each: (each.due_at, each.pk)):
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
            reason %= {"title": result.title}
        promises.waive(original, reason=reason, kind=PromiseKind.ANSWER)
