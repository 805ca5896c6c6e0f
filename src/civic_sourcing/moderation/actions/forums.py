"""How a process is moderated: what waits, how soon is decided, who hides, whom to call."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.moderation import signals
from civic_sourcing.moderation.models import ForumModeration, PreModeration
from civic_sourcing.processes.models import Process

MOST_HOURS = 24 * 365
MOST_REPORTERS = 1000
FIELDS = ("premoderation", "target_hours", "auto_hide_reporters", "contact")


class SetModeration(Action[Process]):
    """
    Say how a process is moderated from now on, in all its languages. The result is the row.

    Takes ``premoderation``, ``target_hours`` and ``auto_hide_reporters`` (``None``: as the site's
    settings say; 0 reporters: never), and ``contact``, the words shown in an emergency. What waits
    already goes on waiting. The right to do this is the right to publish the page, which the caller
    has asked about before.
    """

    verb = "set_moderation"
    announces = signals.moderation_set
    policy = Always()

    premoderation: str
    target_hours: int | None = None
    auto_hide_reporters: int | None = None
    contact: str = ""

    def check(self) -> None:
        if self.premoderation not in PreModeration.values:
            raise ActionRefused(_("This choice is not known."), code="unknown-premoderation")
        if self.target_hours is not None and not 1 <= self.target_hours <= MOST_HOURS:
            raise ActionRefused(
                _("The target must be between 1 and %(most)s hours."), code="hours", most=MOST_HOURS
            )
        reporters = self.auto_hide_reporters
        if reporters is not None and not 0 <= reporters <= MOST_REPORTERS:
            raise ActionRefused(
                _("The number of reporters must be between 0 and %(most)s."),
                code="reporters",
                most=MOST_REPORTERS,
            )

    def perform(self) -> ForumModeration:
        before = ForumModeration.objects.filter(process=self.subject).first()
        self.before = _facts(before) if before else {}
        row, _made = ForumModeration.objects.update_or_create(
            process=self.subject, defaults={name: getattr(self, name) for name in FIELDS}
        )
        return row

    def audit_details(self) -> dict[str, Any]:
        """Without the contact, which names somebody."""
        return {"before": self.before, "after": _facts(self.result)}


def _facts(row: ForumModeration) -> dict[str, Any]:
    return {
        "premoderation": str(row.premoderation),
        "target_hours": row.target_hours,
        "auto_hide_reporters": row.auto_hide_reporters,
    }
