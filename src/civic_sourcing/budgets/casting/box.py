"""
Where ballots lie until the vote is closed, and how they are taken out.

The one seam for other ways of sealing: whoever keeps ballots otherwise writes another
``BallotBox`` and returns it from ``box_of``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from civic_sourcing.budgets.casting.keys import Keys
from civic_sourcing.budgets.models import Envelope, VoteRun
from civic_sourcing.core.audit import canonical_json
from civic_sourcing.core.rows import Reading, put

PAGE = 2000
AT_ONCE = 500

shuffle = random.SystemRandom().shuffle

locked_envelope = Reading(
    lambda run, link: (
        Envelope.objects.select_for_update(no_key=True)
        .filter(run=run)
        .filter(link=link)
        .values_list("uuid", "sealed")
    )
)


@dataclass(frozen=True)
class Cast:
    """
    What one voter put in: the ballot's canonical JSON, and the tracker given for it.

    ``area`` and ``group`` are codes of where the voter lives and belongs, sealed with it.
    """

    content: str
    tracker: str
    area: str = ""
    group: str = ""


class BallotBox(Protocol):
    """Keep one ballot for each link. A link is a keyed value that leads from the roll here."""

    def put(self, link: str, cast: Cast) -> None:
        """Keep the first ballot of a link."""

    def replace(self, link: str, cast: Cast) -> Cast | None:
        """Keep ``cast`` instead of what lies there and return that; do nothing if none does."""

    def take_out(self, links: Sequence[str]) -> list[Cast]:
        """Return the ballots of these links, in random order and without them."""

    def take_out_all(self) -> list[Cast]:
        """Return every ballot, in random order and without its link. The box is then empty."""


class SealedBox:
    """A box of envelopes, each sealed under the run's key in whole blocks, for its link alone."""

    def __init__(self, run: VoteRun, keys: Keys, *, using: str) -> None:
        self.run = run
        self.keys = keys
        self.envelopes = Envelope.objects.using(using).filter(run=run)
        self.using = using

    def put(self, link: str, cast: Cast) -> None:
        put(Envelope(run=self.run, link=link, sealed=self._sealed(link, cast)), using=self.using)

    def replace(self, link: str, cast: Cast) -> Cast | None:
        found = locked_envelope(self.run.pk, link, using=self.using)
        if not found:
            return None
        ((key, sealed),) = found
        before = self._opened(Envelope(uuid=key, link=link, sealed=sealed))
        self.envelopes.filter(pk=key).update(sealed=self._sealed(link, cast))
        return before

    def take_out(self, links: Sequence[str]) -> list[Cast]:
        casts: list[Cast] = []
        for start in range(0, len(links), AT_ONCE):
            rows = self.envelopes.filter(link__in=links[start : start + AT_ONCE])
            casts += map(self._opened, rows)
            rows.all().delete()
        shuffle(casts)
        return casts

    def take_out_all(self) -> list[Cast]:
        casts: list[Cast] = []
        rows = self.envelopes.order_by("uuid")
        page = list(rows[:PAGE])
        while page:
            casts += map(self._opened, page)
            page = list(rows.filter(uuid__gt=page[-1].uuid)[:PAGE])
        shuffle(casts)
        self.envelopes.all().delete()
        return casts

    def _sealed(self, link: str, cast: Cast) -> str:
        return self.keys.seal(canonical_json(asdict(cast)), place=f"envelope:{link}")

    def _opened(self, envelope: Envelope) -> Cast:
        text = self.keys.unseal(envelope.sealed, place=f"envelope:{envelope.link}")
        return Cast(**json.loads(text))


def box_of(run: VoteRun, keys: Keys, *, using: str) -> BallotBox:
    """Return the box of ``run``."""
    return SealedBox(run, keys, using=using)
