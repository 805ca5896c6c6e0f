"""In which order a voter sees the projects: a shuffle of their own that stays as it is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from civic_sourcing.budgets.casting.keys import Keys

Thing = TypeVar("Thing")


def shuffled(things: Sequence[Thing], keys: Keys, voter_key: str) -> list[Thing]:
    """
    Return ``things`` in this voter's order: the same at every visit, on every device.

    No project stands first for more voters than another, but for chance. The order is computed from
    the run's key, so it tells nobody who the voter is.
    """
    seed = keys.value("shuffle", voter_key)
    mixed = list(things)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - fair, and not meant to be secret
    return mixed
