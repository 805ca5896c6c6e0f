"""What holds for the comments of a process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments import signals
from civic_sourcing.comments.models import CommentRules, Order
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.processes.kinds import process_kind
from civic_sourcing.processes.models import Process

MOST_MINUTES = 24 * 60
FIELDS = ("open_phases", "positions", "edit_minutes", "order")


class SetCommentRules(Action[Process]):
    """
    Say what holds for comments from now on, in all languages of a process. The result is the row.

    Takes ``open_phases`` (kinds of phase; ``None``: all), ``positions``, ``edit_minutes`` (0: not
    at all; ``None``: as the site's settings say) and ``order``. The right to do this is the right
    to publish the page, which the caller has asked about before.
    """

    verb = "set_rules"
    announces = signals.comment_rules_set
    policy = Always()

    open_phases: Sequence[str] | None = None
    positions: bool = False
    edit_minutes: int | None = None
    order: str = Order.NEWEST

    def check(self) -> None:
        known = process_kind(self.subject.kind).phases
        if self.open_phases is not None and not set(self.open_phases) <= set(known):
            raise ActionRefused(
                _("This kind of process does not have all of these phases."), code="unknown-phase"
            )
        if self.edit_minutes is not None and not 0 <= self.edit_minutes <= MOST_MINUTES:
            raise ActionRefused(
                _("Comments can be edited for at most %(most)s minutes."),
                code="minutes",
                most=MOST_MINUTES,
            )
        if self.order not in Order.values:
            raise ActionRefused(_("This order is not known."), code="unknown-order")

    def perform(self) -> CommentRules:
        self.before = _facts(CommentRules.objects.of(self.subject))
        phases = None if self.open_phases is None else sorted(set(self.open_phases))
        values = {name: getattr(self, name) for name in FIELDS} | {"open_phases": phases}
        row, _made = CommentRules.objects.update_or_create(process=self.subject, defaults=values)
        return row

    def audit_details(self) -> dict[str, Any]:
        return {"before": self.before, "after": _facts(self.result)}


def _facts(rules: CommentRules) -> dict[str, Any]:
    values = {name: getattr(rules, name) for name in FIELDS}
    return values | {"order": str(rules.order)}
