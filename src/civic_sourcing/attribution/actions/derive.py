"""What is made of contributions: derive, merge, split. The originals stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.credits import news
from civic_sourcing.attribution.credits.policies import IsOriginator, may_merge
from civic_sourcing.attribution.credits.records import grant
from civic_sourcing.attribution.family.records import derive
from civic_sourcing.attribution.kinds import Entry
from civic_sourcing.attribution.ledger import Terms
from civic_sourcing.attribution.models import (
    Channel,
    Contribution,
    Derivation,
    DerivationKind,
    Role,
    State,
)
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn, System
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

FEWEST = 2
MOST = 50


class DeriveContribution(Action[Contribution]):
    """
    Record that the subject was made of ``source`` as ``kind``; credits flow from then on.

    An author may say so of the own contribution, an official of any. Authors and supporters of the
    source are told where the source becomes a project, an entry or policy.
    """

    verb = "derive"
    announces = signals.contribution_derived
    policy = System() | (SignedIn() & InGoodStanding() & (IsOriginator() | may_merge))

    source: Contribution
    kind: str

    def perform(self) -> Derivation:
        by = Participant.objects.of(self.by) if self.by else None
        derivation = derive(
            self.source, self.subject, self.kind, at=self.at, by=by, using=self.using
        )
        if self.kind in TOLD:
            authors, supporters = taken_further(self.source, self.subject, self.kind)
            news.tell_derived(self.source, self.subject, authors=authors, supporters=supporters)
        return derivation

    def audit_details(self) -> dict[str, Any]:
        return {"source": str(self.source.uuid), "kind": str(self.kind)}


RENAMED = (
    _("Your “%(source)s” became “%(target)s”"),
    _("“%(source)s”, which you support, became “%(target)s”"),
)
TOLD: dict[str, tuple[Any, Any]] = {
    DerivationKind.BECOMES_PROJECT: (
        _("Your “%(source)s” became a project"),
        _("“%(source)s”, which you support, became a project"),
    ),
    DerivationKind.BECOMES_ENTRY: (
        _("Your “%(source)s” became an entry"),
        _("“%(source)s”, which you support, became an entry"),
    ),
    DerivationKind.ADOPTED: (
        _("The city adopted your “%(source)s”"),
        _("The city adopted “%(source)s”, which you support"),
    ),
}
"""What authors and supporters are told where the title stays; ``RENAMED`` where it does not."""


def taken_further(source: Contribution, target: Contribution, kind: str) -> tuple[Any, Any]:
    """The sentences for authors and supporters of ``source``, which became ``target``."""
    return TOLD[kind] if source.title == target.title else RENAMED


class MergeContributions(Action[Contribution]):
    """
    Make one new contribution of two or more; every original stays readable where it is.

    Make it by ``of``. Takes ``title``, ``text`` and ``language`` of the new one, which comes by the
    city's staff. Authors are credited without being asked and asked before anybody speaks in their
    name: that is an invitation of its own. Authors and supporters are told.
    """

    verb = "merge"
    announces = signals.contributions_merged
    policy = may_merge

    others: Sequence[Contribution]
    title: str
    text: str
    language: str

    @classmethod
    def of(cls, originals: Sequence[Contribution], **arguments: Any) -> Self:
        """
        Return the action on ``originals``, each once and in the order in which they are locked.

        Raises ``ActionRefused`` (``too-few``, ``too-many``).
        """
        ordered = sorted({original.pk: original for original in originals}.values(), key=_key)
        if len(ordered) < FEWEST:
            raise ActionRefused(
                _("It takes at least two different contributions to merge."), code="too-few"
            )
        if len(ordered) > MOST:
            raise ActionRefused(
                _("At most %(most)s contributions are merged in one step."),
                code="too-many",
                most=MOST,
            )
        return cls(ordered[0], others=tuple(ordered[1:]), **arguments)

    def check(self) -> None:
        keys = [other.pk for other in self.others]
        rows = Contribution.objects.select_for_update(no_key=True).filter(pk__in=keys)
        self.originals = [self.subject, *rows.order_by("pk")]
        for original in self.originals:
            refuse_unpublished(original)
        first = self.subject
        if any((each.process_id, each.kind) != (first.process_id, first.kind) for each in rows):
            raise ActionRefused(
                _("Only contributions of the same kind and the same process are merged."),
                code="not-alike",
            )

    def perform(self) -> Contribution:
        official = Participant.objects.of(self.by)
        entry = by_staff(
            self.title, self.text, self.language, official, self.by, terms=common(self.originals)
        )
        target = self.subject.kind_of.enter(self.subject.process, entry)
        for original in self.originals:
            derive(original, target, DerivationKind.MERGES, at=self.at, by=official)
        grant(target, official, Role.STAFF_EDITOR, at=self.at)
        for original in self.originals:
            news.tell_derived(
                original,
                target,
                authors=_("Your “%(source)s” became part of “%(target)s”"),
                supporters=_("“%(source)s”, which you support, became part of “%(target)s”"),
            )
        return target

    def audit_details(self) -> dict[str, Any]:
        return {
            "originals": [str(original.uuid) for original in self.originals],
            "into": str(self.result.uuid),
        }


class SplitContribution(Action[Contribution]):
    """
    Make two or more new contributions of one; the original stays readable where it is.

    ``parts`` are pairs of title and text, in the language of the original. Its credits flow into
    every part. The result is the list of the primary keys of the parts.
    """

    verb = "split"
    announces = signals.contribution_split
    policy = may_merge

    parts: Sequence[tuple[str, str]]

    def check(self) -> None:
        refuse_unpublished(self.subject)
        if len(self.parts) < FEWEST:
            raise ActionRefused(_("It takes at least two parts to split."), code="too-few")
        if len(self.parts) > MOST:
            raise ActionRefused(
                _("At most %(most)s parts are made in one step."), code="too-many", most=MOST
            )

    def perform(self) -> list[int]:
        official = Participant.objects.of(self.by)
        self.made = [self._make(title, text, official) for title, text in self.parts]
        return [part.pk for part in self.made]

    def audit_details(self) -> dict[str, Any]:
        return {"into": [str(part.uuid) for part in self.made]}

    def _make(self, title: str, text: str, official: Participant) -> Contribution:
        terms = common([self.subject])
        entry = by_staff(title, text, self.subject.language, official, self.by, terms=terms)
        part = self.subject.kind_of.enter(self.subject.process, entry)
        derive(self.subject, part, DerivationKind.SPLITS, at=self.at, by=official)
        grant(part, official, Role.STAFF_EDITOR, at=self.at)
        news.tell_derived(
            self.subject,
            part,
            authors=_("“%(target)s” was made of a part of your “%(source)s”"),
            supporters=_("“%(target)s” was made of a part of “%(source)s”, which you support"),
        )
        return part


def common(originals: Sequence[Contribution]) -> Terms:
    """Return the licence all ``originals`` share; without one, none is promised."""
    licences = {original.licence for original in originals}
    return Terms(licence=licences.pop() if len(licences) == 1 else None)


def by_staff(
    title: str, text: str, language: str, official: Participant, by: Any, *, terms: Terms
) -> Entry:
    return Entry(
        title=title,
        text=text,
        language=language,
        channel=Channel.STAFF,
        entered_by=official,
        by=by,
        terms=terms,
    )


def refuse_unpublished(contribution: Contribution) -> None:
    """Nothing is made of what its author took back, or of what is out of sight."""
    if contribution.state == State.WITHDRAWN:
        raise ActionRefused(
            _("“%(title)s” was withdrawn by its author, so nothing is made of it."),
            code="withdrawn",
            title=contribution.title,
        )
    if contribution.state != State.PUBLISHED:
        raise ActionRefused(
            _("“%(title)s” is not published, so nothing is made of it."),
            code="not-published",
            title=contribution.title,
        )


def _key(contribution: Contribution) -> int:
    return contribution.pk


__all__ = ["DeriveContribution", "MergeContributions", "SplitContribution"]
