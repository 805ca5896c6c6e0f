"""The kinds of contributions. Content rooms register theirs; the ledger knows none by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.functional import Promise

if TYPE_CHECKING:
    from civic_sourcing.attribution.ledger import Terms
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.core.spots import Spot
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Entry:
    """What staff enter: somebody's words from paper or a workshop, or a text made of others'."""

    title: str
    text: str
    language: str
    channel: str
    author: Participant | None = None
    entered_by: Participant | None = None
    terms: Terms | None = None
    by: Any = None


class ContributionKind:
    """
    What the ledger asks of a content room. Subclass, and register one instance per kind.

    ``contents`` maps keys of contributions to content objects in a constant number of queries; the
    others take one contribution and run inside the caller's transaction, under its lock.
    """

    key: str
    label: str | Promise
    process_kinds: Collection[str] = ()
    """Kinds of process in which staff may enter this kind for somebody."""
    moved_to: Collection[str] = ()
    """Kinds of process it can be moved to; where empty, those of ``process_kinds``."""
    stays_when_withdrawn = True
    """Whether what its author withdraws can still be read, marked as withdrawn."""
    has_title = True
    """Whether it has a title of its own; without one, lists call it by its first words."""
    has_own_summary = False
    """Whether its room tells people on “My data” what of this kind is theirs."""
    is_compared = True
    """Whether similar ones are looked for by title and text."""
    is_followed_for_delivery = False
    """Whether people follow what the city makes of it; its room has no following of its own."""

    def label_of(self, contribution: Contribution) -> str | Promise:
        """What it is called where it was handed in; a query perhaps, so for one at a time."""
        return self.label

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, Any]:
        """Return the content objects by ``contribution.pk``."""
        raise NotImplementedError

    def content(self, contribution: Contribution) -> Any:
        """Return the content object, or ``None`` where it is gone; see ``keep_at_hand``."""
        if hasattr(contribution, "_civic_content"):
            return contribution._civic_content
        return self.contents([contribution]).get(contribution.pk)

    def keep_at_hand(self, contribution: Contribution, content: Any = None) -> None:
        """
        Have this row keep its content object, for a page that only reads, and asks often;
        ``content`` where it was read already.
        """
        kept = content or self.content(contribution)
        contribution._civic_content = kept  # type: ignore[attr-defined]

    def url(self, contribution: Contribution) -> str:
        """Return the address people find it at, empty while there is none."""
        raise NotImplementedError

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """Return the addresses by ``contribution.pk``; override where one by one is slow."""
        return {contribution.pk: self.url(contribution) for contribution in contributions}

    def translated(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """
        Return what they are called in the reader's language, by ``contribution.pk``, if it is
        another one than they were handed in: for what editors have translated.
        """
        return {}

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        """Return what a moderator needs beside it: ``parent``, ``siblings``, ``place``."""
        return {}

    def heading(self, title: str, text: str) -> str:
        """Return what lists call it; override where a text has no title of its own."""
        return title

    def lock(self, contribution: Contribution) -> None:
        """Take the locks its content needs, in the order in which the content room takes them."""

    def lock_places(self, contribution: Contribution, process: Process) -> None:
        """Take the locks on where it is and where it goes in ``process``, before the ledgers'."""

    def place(self, contribution: Contribution) -> str:
        """Return what people call the place it is in; override where ``context`` reads much."""
        return str(self.context(contribution).get("place", ""))

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        """Return title and text as they are to be fingerprinted: normalised, NFC, LF."""
        raise NotImplementedError

    def enter(self, process: Process, entry: Entry) -> Contribution:
        """
        Make the content of something handed in on paper or made by staff, with its contribution.

        The result is held or published as the gate said. Raises ``ActionRefused`` where this
        process has no place for it.
        """
        raise NotImplementedError

    def show(self, contribution: Contribution) -> None:
        """Make it visible for the first time, after it was held."""
        raise NotImplementedError

    def withdraw(self, contribution: Contribution) -> None:
        """Mark it as withdrawn where it was published; drop it from sight where it was not."""
        raise NotImplementedError

    def hide(self, contribution: Contribution) -> None:
        """Take it out of every public place, so that ``restore`` can put it back as it was."""
        raise NotImplementedError

    def restore(self, contribution: Contribution) -> None:
        """Put it back, with place, comments and counts as they were."""
        raise NotImplementedError

    def blank(self, contribution: Contribution) -> None:
        """Empty its texts for good: content, revisions, search and reference index, files."""
        raise NotImplementedError

    def mask(self, contribution: Contribution, title: str, text: str) -> None:
        """Replace title and text by masked ones everywhere, earlier revisions included."""
        raise NotImplementedError

    def keepsake(self, contribution: Contribution) -> Mapping[str, Any]:
        """Return, as JSON, what masking loses beside title and text, such as an address."""
        return {}

    def bring_back(self, contribution: Contribution, keepsake: Mapping[str, Any]) -> None:
        """Put back what ``keepsake`` returned, once title and text are the original ones again."""

    def bar(self, contribution: Contribution, derivation: str) -> str | Promise:
        """
        Say why it cannot be taken further so (a ``DerivationKind``), in a sentence; empty: it can.
        """
        return ""

    def move(self, contribution: Contribution, process: Process) -> None:
        """Put the content into another process of the same kind."""
        raise NotImplementedError

    def affected(self, contribution: Contribution) -> Iterable[Participant]:
        """Return whom a decision about it concerns beside its author: supporters, repliers."""
        return ()

    def spot(self, contribution: Contribution) -> Spot | None:
        """Return where it is, latitude and longitude, if it is anywhere."""
        return None

    def way_back(self, contribution: Contribution, process: Process) -> Process:
        """Return where something moved from ``process`` goes back to: its place may have moved."""
        return process

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        """Return the keys of those whose content is public now, in a constant number of queries."""
        raise NotImplementedError

    def visible_to(
        self, contributions: Iterable[Contribution], request: HttpRequest
    ) -> Collection[int]:
        """Return the keys of those this visitor may open; override where pages can be private."""
        return self.visible(contributions)

    def present(self, contributions: Iterable[Contribution]) -> Collection[int]:
        """Return the keys of those whose content exists; override where reading it all is slow."""
        contents = self.contents(contributions)
        return {key for key, content in contents.items() if content is not None}

    def strays(self) -> Iterable[str]:
        """Name content objects without a contribution; the database should not let any be."""
        return ()


_kinds: dict[str, ContributionKind] = {}


def register_kind(kind: ContributionKind) -> None:
    """Make ``kind`` known under ``kind.key``. A second kind of the same key is a mistake."""
    known = _kinds.setdefault(kind.key, kind)
    if type(known) is not type(kind):
        raise ValueError(f"Another kind of contribution is registered as {kind.key!r}: {known!r}.")


def contribution_kind(key: str) -> ContributionKind:
    """Return the kind registered as ``key``. Raises ``LookupError`` naming what is known."""
    try:
        return _kinds[key]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise LookupError(f"{key!r} is no kind of contribution; known: {known}.") from None


def contribution_kinds() -> Sequence[ContributionKind]:
    """Return all registered kinds by key."""
    return [_kinds[key] for key in sorted(_kinds)]
