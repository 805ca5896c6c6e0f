"""What projects were made of: which proposals can become one, and which did."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civic_sourcing.attribution.actions.derive import refuse_unpublished
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.projects.numbers import drafts_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process

BECOMES = DerivationKind.BECOMES_PROJECT


def bar_of(contribution: Contribution, process: Process) -> str | Promise:
    """Say why ``contribution`` cannot become a project of the vote; empty where it can."""
    try:
        refuse_unpublished(contribution)
    except ActionRefused as refused:
        return refused.message
    if contribution.kind == KIND:
        return _("It is a project already.")
    made = Derivation.objects.filter(source=contribution, kind=BECOMES, target__process=process)
    drafted = any(str(contribution.uuid) in page.origins for page in drafts_of(process))
    if drafted or made.exists():
        return _("A project of this vote was made of it already.")
    return contribution.kind_of.bar(contribution, BECOMES)
