"""Finding out whether every idea stands where its last step put it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery

from civic_sourcing.core.audit.verification import Finding, Verification
from civic_sourcing.ideas.contributions import idea_models
from civic_sourcing.ideas.models import StageChange


def verify_stages(verification: Verification) -> Iterator[Finding]:
    """
    Yield ideas whose stage is not that of their last step. Honours ``verification.chain``, the
    UUID of a process.
    """
    changes = StageChange.objects.using(verification.using)
    last = changes.filter(contribution=OuterRef("contribution")).order_by("-changed_at", "-pk")
    for model in idea_models():
        ideas = model._base_manager.using(verification.using)
        if verification.chain:
            ideas = ideas.filter(process__uuid=verification.chain)
        told = ideas.annotate(told=Subquery(last.values("after")[:1])).filter(told__isnull=False)
        for idea in told.exclude(stage=F("told")).order_by("pk"):
            message = f"It stands at {idea.stage!r}, and its last step led to {idea.told!r}."
            yield Finding("stages", str(idea.uuid), message)
