"""A published election on its way in: what its file says, read the way pages need it."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots import LIMITS, BallotType, CumulativeLimits, Limits
from civic_sourcing.budgets.counting import (
    Amount,
    Election,
    PabulibError,
    announced_rule,
    plain,
    read_pabulib,
)
from civic_sourcing.budgets.counting.ballots import Progress
from civic_sourcing.budgets.counting.errors import printable
from civic_sourcing.budgets.dates import Period, voting_period
from civic_sourcing.budgets.voters_told import YEARS, VotersTold, read_voters
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import is_currency, minor_digits, to_minor_units
from civic_sourcing.core.text import TextRefused, single_line
from civic_sourcing.processes.models import Mandate

NUMBER_LENGTH = 64
TEXT_CAP = 10_000
"""Characters of a text that are taken over."""

PLAIN = re.compile(r"[0-9]{1,9}", re.ASCII)
LARGEST_AMOUNT = 2**63 - 1


@dataclass(frozen=True)
class PublishedElection:
    """
    An election with the file it came from and what the importer says about it.

    ``digest`` is the SHA-256 of the file. Empty texts mean: as the file has it. A file does not say
    what the vote was worth, so ``mandate`` does. ``voters`` says what is told of
    them, if anything is.
    """

    election: Election
    digest: str
    file_name: str
    title_given: str = ""
    slug: str = ""
    source: str = ""
    currency_given: str = ""
    mandate: str = Mandate.BINDING
    voters: VotersTold | None = None

    @classmethod
    def read(
        cls,
        path: Path,
        *,
        tell: Sequence[str] = (),
        years: int = YEARS,
        progress: Progress | None = None,
        **said: Any,
    ) -> PublishedElection:
        """
        Read a .pb file. Raises ``PabulibError`` or ``OSError``.

        ``tell`` names columns of ``VotersTold``, with ages in steps of so many ``years``;
        ``progress`` is told how many bytes are read, and of how many.
        """
        data = path.read_bytes()
        read = read_pabulib(io.BytesIO(data), keep_order=bool(tell), progress=progress)
        voters = read_voters(data, read.order or (), tell, years) if tell else None
        digest, name = hashlib.sha256(data).hexdigest(), _clean(path.name)
        return cls(_with_clean_names(read), digest, name, voters=voters, **said)

    def check(self) -> None:
        """
        Refuse what can be read but not stored.

        Raises ``PabulibError`` for an unknown rule or currency, ``ActionRefused`` for amounts, ids
        and what is told of voters.
        """
        announced_rule(self.election)
        if not is_currency(self.currency):
            line = self.election.lines.get("currency", 1)
            raise PabulibError(line, "currency", "key-missing")
        if self.voters:
            self.voters.check()
        self._check_amount(_("The budget"), self.election.budget)
        for project in self.election.projects:
            if len(project.id) > NUMBER_LENGTH:
                raise ActionRefused(
                    _("The project_id “%(project)s…” is longer than %(limit)d characters."),
                    code="id-too-long",
                    project=project.id[:NUMBER_LENGTH],
                    limit=NUMBER_LENGTH,
                )
            if not project.id.isprintable():
                raise ActionRefused(
                    _("The project_id “%(project)s” holds characters that cannot be seen."),
                    code="id-hidden",
                    project=printable(project.id),
                )
            self._check_amount(
                _("The cost of project %(project)s") % {"project": project.id}, project.cost
            )

    @property
    def title(self) -> str:
        """The title given, else the file's description with its year."""
        meta = self.election.meta
        described = _clean(meta.get("description", "")) or _clean(meta.get("unit", ""))
        text = self.title_given or described or self.file_name
        instance = _clean(meta.get("instance", ""))
        if self.title_given or not instance or instance in text:
            return text
        return f"{text} ({instance})"

    @property
    def currency(self) -> str:
        """The file's currency, else the one given."""
        return (self.election.meta.get("currency", "").strip() or self.currency_given).upper()

    @cached_property
    def rule(self) -> str:
        """The counting rule the file announces, by the name it has here."""
        return announced_rule(self.election)[0]

    @property
    def threshold(self) -> Decimal:
        """The least score a project needs, as the file announces it; 0 for none."""
        return Decimal(plain(self.election.threshold or 0))

    @property
    def limits(self) -> Limits | None:
        """
        What META allows on a ballot, as far as a vote here could have it for a rule; ``None`` where
        something is missing.
        """
        kind = LIMITS[BallotType(str(self.election.vote_type))]
        keys = {"least": "min_length", "most": "max_length"}
        if kind is CumulativeLimits:
            keys |= {"total": "max_sum_points", "least_total": "min_sum_points"}
        meta = self.election.meta
        given = {name: meta.get(key, "").strip() for name, key in keys.items()}
        known = {name: int(text) for name, text in given.items() if PLAIN.fullmatch(text)}
        if kind is CumulativeLimits and "total" not in known:
            return None
        return kind(**known)

    def minor_units(self, amount: Amount) -> int:
        return to_minor_units(amount, self.currency)

    def voting(self, *, before: datetime) -> Period | None:
        """When people voted, if the file's dates can be read; over at ``before`` at the latest."""
        meta = self.election.meta
        return voting_period(meta.get("date_begin", ""), meta.get("date_end", ""), before=before)

    def foreign_language(self, language_code: str) -> str:
        """The language the file's texts are in, if it is known and not ``language_code``."""
        code = self.election.meta.get("language", "").strip().lower()
        try:
            get_language_info(code)
        except KeyError:
            return ""
        return "" if code == language_code else code

    def _check_amount(self, what: object, amount: Amount) -> None:
        try:
            fits = self.minor_units(amount) <= LARGEST_AMOUNT
        except ValueError:
            fits = False
        if not fits:
            raise ActionRefused(
                _(
                    "%(what)s is %(amount)s. %(currency)s has %(digits)d decimal digits and an "
                    "amount at most %(limit)d digits, so it cannot be stored."
                ),
                code="amount",
                what=what,
                amount=plain(amount),
                currency=self.currency,
                digits=minor_digits(self.currency),
                limit=15,
            )


def _with_clean_names(election: Election) -> Election:
    """The same election with names and columns of projects as they may be shown."""
    projects = (
        replace(
            project,
            name=_clean(project.name),
            columns={column: _clean(value) for column, value in project.columns.items()},
        )
        for project in election.projects
    )
    return replace(election, projects=tuple(projects))


def _clean(text: str) -> str:
    """One line without anything hidden in it; empty where nothing visible is left."""
    try:
        return single_line(text[:TEXT_CAP], max_length=2 * TEXT_CAP)
    except TextRefused:
        return ""
