"""The kind of process a page is that people discuss on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.kinds import PhaseKind, register_process_kind

DISCUSSION = "discussion"
DISCUSS = "discuss"


def register() -> None:
    register_process_kind(
        DISCUSSION,
        _("Discussion"),
        [PhaseKind(DISCUSS, _("Discussion"), _("Say what you think, and answer others."))],
    )
