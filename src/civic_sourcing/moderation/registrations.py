"""What moderation tells the rooms below."""

from __future__ import annotations

from civic_sourcing.attribution.gate import register_eraser
from civic_sourcing.attribution.signals import contribution_moved
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.moderation import cases, panels
from civic_sourcing.moderation.checks.registrations import register_checks
from civic_sourcing.moderation.deciding import words
from civic_sourcing.moderation.deciding.registrations import register_deciding
from civic_sourcing.moderation.models import ForumModeration
from civic_sourcing.moderation.personal_records import ModerationRecords
from civic_sourcing.moderation.queue.registrations import register_queue
from civic_sourcing.moderation.reports import guards
from civic_sourcing.moderation.showing.registrations import register_showing
from civic_sourcing.processes.copying import copy_row, register_rules_copier


def register_moderation() -> None:
    contribution_moved.connect(cases.follow_contribution)
    register_eraser(words.erase)
    guards.register_guards()
    register_personal_records(ModerationRecords())
    register_checks()
    register_deciding()
    register_queue()
    register_showing()
    panels.register()
    register_rules_copier(copy_row(ForumModeration))
