"""What decisions register with the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.attribution.reading import register_before_reading
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.moderation.deciding import conf, guards, jobs, notices  # noqa: F401
from civic_sourcing.moderation.deciding.verification import verify_moderation
from civic_sourcing.moderation.measures import (
    end_what_is_over,
    somebody_suspended,
    suspended_until,
)
from civic_sourcing.participants.standing import register_suspension_source


def register_deciding() -> None:
    """Called by ``AppConfig.ready``."""
    guards.register_guards()
    jobs.register_ticks()
    notices.register_categories()
    register_before_reading(end_what_is_over)
    register_suspension_source(suspended_until, only_if=somebody_suspended)
    register_verifier("moderation", verify_moderation)
