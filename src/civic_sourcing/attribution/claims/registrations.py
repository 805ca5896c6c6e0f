"""What claims register with the rooms below, once all models are known."""

from __future__ import annotations

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims import conf, guards, jobs, notices, uploads  # noqa: F401
from civic_sourcing.attribution.claims.display import DECISIONS
from civic_sourcing.attribution.claims.people import STEWARD
from civic_sourcing.attribution.claims.personal_records import ClaimRecords
from civic_sourcing.attribution.models import ClaimDecision
from civic_sourcing.attribution.traces import register_trace
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.processes.roles import register_role


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_role(
        STEWARD,
        _("Steward"),
        _("Decides ownership claims, and reviews challenges before they are published."),
    )
    guards.register_guards()
    jobs.register_ticks()
    notices.register_categories()
    uploads.register_evidence()
    register_personal_records(ClaimRecords())
    register_trace(
        DECISIONS, lambda: ClaimDecision.objects.filter(claim__contribution=OuterRef("pk"))
    )
