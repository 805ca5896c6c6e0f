"""How far a challenge is, section by section."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from civic_sourcing.challenges.desk.names import address
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.points import completeness
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.processes.models import Process


def of(process: Process) -> dict[str, Any]:
    """Its facts, and for each section its name, its address and how complete it is."""
    draft = Draft.of(process, timezone.localdate())
    whole = completeness(draft)
    return {
        "facts": draft.facts,
        "sections": [
            {
                "label": section.label,
                "url": address(section.value, process),
                "completeness": whole[section],
            }
            for section in Section
        ],
    }
