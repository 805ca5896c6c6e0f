"""What the public bulletin says: of one tracker, and line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.booth.receipts import grouped
from civic_sourcing.budgets.models import BulletinEntry, VoteRun

Kind = BulletinEntry.Kind

STANDS = _("This ballot is in the bulletin. It counts unless it is replaced or set aside.")
CHANGED = _("The voter has replaced this ballot by another one. It does not count any more.")
VOID = _("This ballot is in the bulletin and void: it breaks a limit.")
SET_ASIDE = _(
    "This ballot was set aside by two people, unseen. Results are shown with and without it."
)
PAPER = _("This ballot does not count, as its voter has also voted on paper, and that ballot does.")
UNKNOWN = _(
    "This tracker is not in the bulletin. While people vote, trackers are published in batches, so "
    "a ballot that was just cast may take a while to appear; once the vote is closed, all are "
    "there."
)


@dataclass(frozen=True)
class Fate:
    """What became of one tracker: its ``entries`` in the bulletin and a sentence about them."""

    tracker: str
    entries: list[BulletinEntry]
    says: Any
    tone: str

    @property
    def number(self) -> str:
        return grouped(self.tracker)

    @property
    def is_known(self) -> bool:
        return bool(self.entries)


def fate_of(run: VoteRun, tracker: str) -> Fate:
    """Return what the bulletin of ``run`` says of ``tracker``. One query."""
    entries = list(BulletinEntry.objects.of(run).about(tracker))
    kinds = {entry.kind for entry in entries}
    says, tone = STANDS, "success"
    if not entries:
        says, tone = UNKNOWN, "info"
    elif Kind.CHANGED in kinds:
        says, tone = CHANGED, "info"
    elif Kind.PAPER in kinds:
        says, tone = PAPER, "info"
    elif Kind.SET_ASIDE in kinds:
        says, tone = SET_ASIDE, "warning"
    elif Kind.VOID in kinds:
        says, tone = VOID, "warning"
    return Fate(tracker, entries, says, tone)
