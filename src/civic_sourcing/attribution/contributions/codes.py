"""The claim codes of a contribution as the office sees them: numbers and states, never codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from civic_sourcing.attribution.models import ClaimCode, Contribution


@dataclass(frozen=True)
class NumberedCode:
    """``number`` is the place of the slip on the printed sheet, from 1."""

    number: int
    code: ClaimCode

    @property
    def state(self) -> Any:
        if self.code.used_at is not None:
            return pgettext_lazy("claim code", "used")
        if self.code.revoked_at is not None:
            return pgettext_lazy("claim code", "revoked")
        return pgettext_lazy("claim code", "open")

    @property
    def since(self) -> Any:
        """When it came into its state."""
        return self.code.used_at or self.code.revoked_at or self.code.created_at

    @property
    def is_open(self) -> bool:
        return self.code.used_at is None and self.code.revoked_at is None


def codes_of(contribution: Contribution) -> list[NumberedCode]:
    """Return the codes in the order of the sheet."""
    codes = contribution.claim_codes.select_related("used_by__user").order_by("pk")
    return [NumberedCode(number, code) for number, code in enumerate(codes, 1)]
