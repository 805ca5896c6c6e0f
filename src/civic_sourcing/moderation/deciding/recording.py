"""What the audit log keeps of a decision, whoever made it."""

from __future__ import annotations

from typing import Any

from civic_sourcing.moderation.models import Decision


def reference_of(decision: Decision) -> str:
    """What the log calls the reasons of ``decision``."""
    return f"civic_moderation.decision:{decision.uuid.hex}"


def facts_of(decision: Decision) -> dict[str, Any]:
    """What the log keeps of ``decision``: identifiers, codes and times."""
    return {
        "decision": str(decision.uuid),
        "number": decision.number,
        "outcome": str(decision.outcome),
        "rule": str(decision.rule.translation_key) if decision.rule else None,
        "until": decision.until.isoformat() if decision.until else None,
        "automation": str(decision.automation),
        "corrects": str(decision.corrects.uuid) if decision.corrects else None,
    }
