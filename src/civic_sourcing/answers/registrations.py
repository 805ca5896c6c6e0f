"""What official answers tell the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.answers import (  # noqa: F401
    conf,
    guards,
    jobs,
    notices,
    outcomes,
    signal_handlers,
    told,
)
from civic_sourcing.answers.contributions import AdoptionContribution
from civic_sourcing.answers.history import tell_adoptions, tell_history
from civic_sourcing.answers.models import ADOPTION
from civic_sourcing.answers.personal_records import AnswerRecords
from civic_sourcing.answers.uploads import register_photos
from civic_sourcing.answers.verification import verify_answers
from civic_sourcing.attribution.history import register_history
from civic_sourcing.attribution.kinds import register_kind
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.personal_records import register_personal_records


def register_answers() -> None:
    """Called by ``AppConfig.ready``."""
    register_kind(AdoptionContribution())
    register_personal_records(AnswerRecords())
    outcomes.register()
    guards.register_guards()
    jobs.register_ticks()
    signal_handlers.connect()
    notices.register_categories()
    register_history(tell_history)
    register_history(tell_adoptions, results_or=(ADOPTION,))
    register_photos()
    told.register()
    register_verifier("answers", verify_answers)
