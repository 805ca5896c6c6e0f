"""Once a count is confirmed, what it funds is promised: by signal, or else by the tick."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.notices import OFFICE
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.budgets.actions.promise_projects import PromiseProjects
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.models import CountResult, Project
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import people_with_role


def promise_winners(*, result: CountResult, **_facts: Any) -> None:
    """What two people have confirmed is promised at once; who does it until when comes later."""
    promise(result.process)


def promise_confirmed(at: datetime) -> str:
    """The same for what was confirmed without being promised, such as where a server stopped."""
    adopted = Derivation.objects.filter(
        source=OuterRef("contribution"), kind=DerivationKind.ADOPTED
    )
    waiting = Project.objects.filter(
        ~Exists(adopted),
        outcome=Project.Outcome.FUNDED,
        contribution__isnull=False,
        process__counts__confirmations__approved_at__isnull=False,
    )
    keys = waiting.order_by("process").values_list("process", flat=True).distinct()
    return f"{sum(promise(process) for process in Process.objects.filter(pk__in=keys))} promised"


@transaction.atomic
def promise(process: Process) -> int:
    """Promise what the vote has funded and tell the officials; return how many projects."""
    try:
        promised = PromiseProjects(process, by=None).execute()
    except ActionRefused:
        return 0
    notify(
        people_with_role(OFFICIAL, process),
        category=OFFICE.key,
        subject=filled(
            _("“%(vote)s”: please say who carries out what was funded, and until when"),
            vote=titles_of([process]).get(process.pk, ""),
        ),
        body=_("The count is confirmed, so every funded project is a promise of the city now."),
        url=address("delivery", process),
        about=process.uuid,
        dedupe=f"promised:{','.join(str(each.pk) for each in promised)}"[:100],
    )
    return len(promised)
