"""What people's entries do: the mandate of a challenge."""

from __future__ import annotations

from typing import Any

from civic_sourcing.challenges.editorial.changing import ChangeChallenge
from civic_sourcing.processes.actions import SetRules


class SetMandate(ChangeChallenge):
    """
    Say what people's entries do; takes ``mandate`` (a value of ``Mandate``). Returns the facts.

    Refused: a lower one once the challenge is announced (``mandate-lowered``), another one once it
    has opened (``frozen``), one that is not known (``unknown-mandate``).
    """

    verb = "set_mandate"

    mandate: str

    def touches_frozen(self) -> bool:
        return self.mandate != self.subject.mandate

    def write(self) -> None:
        SetRules(self.subject, by=self.by, mandate=self.mandate).execute()

    def audit_details(self) -> dict[str, Any]:
        return {**super().audit_details(), "mandate": self.mandate}
