"""What official answers tell the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.answers import guards, jobs, notices, outcomes
from civic_sourcing.answers.personal_records import AnswerRecords
from civic_sourcing.core.personal_records import register_personal_records


def register_answers() -> None:
    """Called by ``AppConfig.ready``."""
    register_personal_records(AnswerRecords())
    outcomes.register()
    guards.register_guards()
    jobs.register_ticks()
    notices.register_categories()
