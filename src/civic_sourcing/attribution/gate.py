"""
The gate every contribution passes before it is seen: publish, mark, hold or refuse.

Rooms above register keepers, such as moderation; the rule for the young is the ledger's own
(``guardians``). All keepers are asked; one refusal refuses, otherwise one hold holds, and it is
published when the last one lets go. Keepers never remove anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from civic_sourcing.core.exceptions import ActionRefused

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Submission:
    """What comes to the gate: not yet a row, or a new version of one. Texts are normalised."""

    kind: str
    process: Process
    author: Participant | None
    title: str
    text: str
    language: str
    channel: str
    at: datetime
    contribution: Contribution | None = None


Then = Callable[["Contribution"], None]
"""What a keeper does once the row exists (or has its new text), in the same transaction."""


@dataclass(frozen=True)
class Hold:
    """Wait invisibly. ``sentence`` tells the author why and for how long."""

    code: str
    sentence: str | Promise
    then: Then | None = None


@dataclass(frozen=True)
class Mark:
    """Publish it, and let the keeper do something about it: ``then``. Nobody is told."""

    code: str
    sentence: str | Promise = ""
    then: Then | None = None


@dataclass(frozen=True)
class Refuse:
    """Do not take it; ``sentence`` says what to change."""

    code: str
    sentence: str | Promise


Verdict = Hold | Mark | Refuse | None
Keeper = Callable[[Submission], Verdict]

_keepers: dict[str, Keeper] = {}
_alone: set[str] = set()


def register_keeper(name: str, keeper: Keeper, *, releases_alone: bool = False) -> None:
    """
    Have ``keeper`` asked about every submission; ``name`` (a slug) stays with what it holds.

    What a keeper that ``releases_alone`` holds, no moderator can let through. Two different keepers
    cannot share a name.
    """
    known = _keepers.setdefault(name, keeper)
    if known is not keeper:
        raise ValueError(f"Another keeper of the gate is registered as {name!r}: {known!r}.")
    if releases_alone:
        _alone.add(name)


def unregister_keeper(name: str) -> None:
    """Forget a keeper; for tests, and for towns that bring their own."""
    _keepers.pop(name, None)
    _alone.discard(name)


@contextmanager
def without_keeper(name: str) -> Iterator[None]:
    """Pass by a keeper, if it is there, with what a town brings along and has read before."""
    keeper, alone = _keepers.get(name), releases_alone(name)
    unregister_keeper(name)
    try:
        yield
    finally:
        if keeper is not None:
            register_keeper(name, keeper, releases_alone=alone)


def releases_alone(name: str) -> bool:
    """Tell whether nobody but this keeper itself lets through what it holds."""
    return name in _alone


def held_alone(submission: Submission) -> list[str]:
    """Return which of the keepers that release alone would hold it, by name."""
    return [name for name in sorted(_alone) if isinstance(_keepers[name](submission), Hold)]


@dataclass(frozen=True)
class Judgement:
    """``holds`` and ``marks`` map names of keepers to what they say; no holds mean: publish."""

    holds: Mapping[str, Hold]
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def held_by(self) -> str:
        """The names as a contribution keeps them: in order, a space between."""
        return " ".join(self.holds)

    @property
    def sentences(self) -> list[str]:
        """What to tell the author, each sentence once."""
        return list(dict.fromkeys(str(hold.sentence) for hold in self.holds.values()))

    def follow(self, contribution: Contribution) -> None:
        """Let the keepers do what they wanted to do afterwards, in the order of their names."""
        every: dict[str, Hold | Mark] = {**self.holds, **self.marks}
        for name in sorted(every):
            verdict = every[name]
            if verdict.then is not None:
                verdict.then(contribution)


def judge(submission: Submission) -> Judgement:
    """Ask all keepers in the order of their names. Raises ``ActionRefused`` if one refuses."""
    verdicts = {name: _keepers[name](submission) for name in sorted(_keepers)}
    for verdict in verdicts.values():
        if isinstance(verdict, Refuse):
            raise ActionRefused(verdict.sentence, code=verdict.code)
    return Judgement(
        holds={name: verdict for name, verdict in verdicts.items() if isinstance(verdict, Hold)},
        marks={name: verdict for name, verdict in verdicts.items() if isinstance(verdict, Mark)},
    )


Forgetter = Callable[["Contribution"], None]

_forgetters: list[Forgetter] = []


def register_forgetter(forget: Forgetter) -> None:
    """
    Have ``forget(contribution)`` called whenever the ledger blanks its texts, masking included.

    For rooms that keep something made of a text: digests, what a filter has learnt.
    """
    if forget not in _forgetters:
        _forgetters.append(forget)


def forget_text(contribution: Contribution) -> None:
    """Let every room forget what it has made of the text; the ledger calls this."""
    for forget in _forgetters:
        forget(contribution)


_erasers: list[Forgetter] = []


def register_eraser(erase: Forgetter) -> None:
    """
    Have ``erase(contribution)`` called when its texts are emptied for good, and not when masked.

    For rooms that keep a text beside the ledger, such as the original under a mask.
    """
    if erase not in _erasers:
        _erasers.append(erase)


def erase_text(contribution: Contribution) -> None:
    """Let every room erase what it keeps of the text; the ledger calls this."""
    for erase in _erasers:
        erase(contribution)
