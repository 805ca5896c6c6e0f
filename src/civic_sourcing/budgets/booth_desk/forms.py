from __future__ import annotations

from typing import Any

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.booth.voters import (
    voter_on_register,
    voter_with_account,
    voter_with_code,
)
from civic_sourcing.budgets.polling_desk.forms import VoterForm
from civic_sourcing.participants.models import VotingCode


class PersonForm(VoterForm):
    """
    Say whom the desk has identified: by card or code, register data, or account.

    ``person`` is then who will be let in. Nothing that is typed is kept.
    """

    @property
    def person(self) -> Voter:
        found: Voter = self.voter["person"]
        return found

    def _with_code(self, code: VotingCode | None) -> dict[str, Any]:
        found = super()._with_code(code)
        return {"person": voter_with_code(code)} if found and code else {}

    def _otherwise(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        found = super()._otherwise(cleaned)
        if user := found.get("user"):
            return {"person": voter_with_account(user, self.process)}
        entry = self._entry(cleaned) if found else None
        return {"person": voter_on_register(entry)} if entry else {}
