"""The status of a challenge in words and colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.status import Status

STATUS_LABELS: Mapping[Status, Any] = {
    Status.UPCOMING: pgettext_lazy("challenge", "Upcoming"),
    Status.OPEN: pgettext_lazy("challenge", "Open"),
    Status.JUDGING: pgettext_lazy("challenge", "Judging"),
    Status.CLOSED: pgettext_lazy("challenge", "Closed"),
    Status.ARCHIVED: pgettext_lazy("challenge", "Archived"),
}

STATUS_TONES: Mapping[Status, str] = {
    Status.UPCOMING: "info",
    Status.OPEN: "success",
    Status.JUDGING: "info",
    Status.CLOSED: "neutral",
    Status.ARCHIVED: "neutral",
}
"""Tones of the element ``badge``."""
