"""A form on which somebody writes: what it is called, where it goes, and what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from civic_sourcing.comments.display.comments import Quote


@dataclass(frozen=True)
class Writing:
    """
    ``key`` tells the forms of one page apart; ``of`` names the link that opened it, if one did.

    ``notices`` are sentences with a tone; ``offer`` is asked about before the words are published.
    """

    key: str
    url: str
    title: str
    submit: str
    heading: int = 3
    of: str = ""
    back_url: str = ""
    quote: Quote | None = None
    notices: Sequence[tuple[str, str]] = ()
    offer: Any = None

    @property
    def keep(self) -> str:
        """The key of the draft in the browser."""
        return f"comments.{self.key}"
