"""What rules, thresholds and stages register with the rooms below, once all models are known."""

from __future__ import annotations

from django.db.models import OuterRef

from civic_sourcing.answers.compliance import register_settled
from civic_sourcing.attribution.discussions import register_debate, register_listener
from civic_sourcing.attribution.history import register_history
from civic_sourcing.attribution.traces import register_trace
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.core.triggers import Event, Trigger, append_only, register_trigger
from civic_sourcing.ideas import (
    audience,
    copying,
    outcomes,
    reaching,
    signal_handlers,
    stage_news,
)
from civic_sourcing.ideas.course import STAGES, THRESHOLDS, in_debate, tell_course
from civic_sourcing.ideas.models import StageChange, ThresholdReached, ThresholdRule
from civic_sourcing.ideas.stage_records import StageRecords
from civic_sourcing.ideas.stage_verification import verify_stages
from civic_sourcing.processes.copying import register_rules_copier

PROMISED = ("uuid", "process_id", "number", "measure", "days", "event", "answer_days", "valid_from")
"""What a threshold says, which nobody changes once people have gathered support for it."""


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_personal_records(StageRecords())
    register_verifier("stages", verify_stages)
    append_only(StageChange)
    append_only(ThresholdReached)
    register_trigger(_thresholds_stay())
    stage_news.register_categories()
    register_tick("civic_ideas.stage_news", stage_news.tell_waiting)
    register_listener(reaching.after_comment)
    register_debate(in_debate)
    register_history(tell_course)
    register_trace(THRESHOLDS, lambda: ThresholdRule.objects.filter(process=OuterRef("process")))
    register_trace(STAGES, lambda: StageChange.objects.filter(contribution=OuterRef("pk")))
    for copier in (
        copying.take_rules_along,
        copying.take_form_along,
        copying.take_places_along,
    ):
        register_rules_copier(copier)
    register_settled("civic_ideas", outcomes.settled)
    signal_handlers.connect()
    outcomes.register()
    audience.register()


def _thresholds_stay() -> Trigger:
    changed = {
        "sqlite": " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in PROMISED),
        "postgresql": " OR ".join(
            f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in PROMISED
        ),
    }
    message = "A threshold is not changed: end it, and make another one."
    table = ThresholdRule._meta.db_table
    return Trigger("civic_ideas_threshold_stays", table, Event.UPDATE, changed, message)
