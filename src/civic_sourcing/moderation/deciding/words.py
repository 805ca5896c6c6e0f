"""
The words a mask or a removal takes away, kept for an exact reversal and for nothing else.

All that is in force on one text keeps the same original, with its own passages counted in it. So
whatever ends first, the rest is masked anew from the original, and what ends last brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from civic_sourcing.attribution import blanking, ledger
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.moderation.deciding.conf import conf
from civic_sourcing.moderation.deciding.masking import Passages, passages_from
from civic_sourcing.moderation.models import Decision, Measure, PreservedText


@dataclass(frozen=True)
class Words:
    """A title and a text, and what the kind needs beside them to be as before."""

    title: str
    text: str
    keepsake: Mapping[str, Any] = field(default_factory=dict)

    def as_arguments(self) -> dict[str, Any]:
        return {"title": self.title, "text": self.text, "keepsake": self.keepsake}


@dataclass(frozen=True)
class Taking:
    """What is to be masked: the original, the passages in it, and how it reads afterwards."""

    original: Words
    passages: Passages
    left: Words


def plan(contribution: Contribution, given: Iterable[Any] | None = None) -> Taking:
    """
    Find what to take from a text, whose lock is held: passages as seen now, or everything.

    Raises ``BadPassage`` for a passage outside of it.
    """
    title, text = contribution.kind_of.canonical(contribution)
    original = Words(title, text, contribution.kind_of.keepsake(contribution))
    passages = Passages.everything(title=title, text=text)
    if given is not None:
        passages = Passages.of(given, title=title, text=text)
    left = Words(*passages.masked(title, text))
    earlier = in_force(contribution)
    if earlier and (title, text) == _reads(earlier):
        first = earlier[0]
        original = Words(first.title, first.text, first.keepsake)
        seen = _union(earlier)
        passages = passages.before(seen, title=first.title, text=first.text)
    return Taking(original, passages, left)


def keep(decision: Decision, taking: Taking, contribution: Contribution) -> PreservedText:
    """
    Preserve the original of what ``decision`` takes until no appeal is possible any more.

    What was decided on an appeal is kept as long, for the courts. Call it before the words go: the
    versions of ``contribution`` that can be read now are kept with them.
    """
    ends = [decision.appeal_until or decision.decided_at + conf.appeal_time, decision.until]
    return PreservedText.objects.create(
        decision=decision,
        title=taking.original.title,
        text=taking.original.text,
        keepsake=dict(taking.original.keepsake),
        versions=blanking.words_of_versions(contribution),
        purge_at=max(end for end in ends if end),
    )


def without(contribution: Contribution, ending: Decision) -> Words | None:
    """
    How the text reads once ``ending``, whose measures are closed, takes nothing from it any more.

    ``None`` where nothing changes: nothing was taken or is left, or the author wrote anew since.
    """
    own = PreservedText.objects.kept().filter(decision=ending).first()
    if own is None:
        return None
    others = [row for row in in_force(contribution) if (row.title, row.text) == _words(own)]
    others = [row for row in others if row.decision_id != ending.pk]
    now = contribution.kind_of.canonical(contribution)
    if now != _reads([own, *others]):
        return None
    if not others:
        return Words(own.title, own.text, own.keepsake)
    then = _reads(others)
    return Words(*then) if then != now else None


def put_versions_back(contribution: Contribution, ending: Decision) -> None:
    """
    Let earlier versions read again as they did before ``ending``, whose measures are closed.

    Where a later decision in force has taken words of the same text, that one keeps them from now
    on, and brings them back when it ends.
    """
    own = PreservedText.objects.kept().filter(decision=ending).first()
    if own is None or not own.versions:
        return
    later = [row for row in _taking_from(contribution) if row.decision_id > ending.pk]
    if not later:
        blanking.put_back(contribution, own.versions)
        return
    heir = next((row for row in later if row.title or row.text), None)
    if heir is not None:
        known = {words["number"]: words for words in [*own.versions, *heir.versions]}
        heir.versions = [known[number] for number in sorted(known)]
        heir.save(update_fields=["versions"])


def put(contribution: Contribution, words: Words) -> None:
    """Let the text read so from now on; one out of sight for good publishes nothing."""
    if contribution.state == State.REMOVED:
        ledger.take_words(contribution, title=words.title, text=words.text)
    else:
        ledger.bring_words_back(contribution, **words.as_arguments())


def in_force(contribution: Contribution) -> list[PreservedText]:
    """What is kept for decisions still in force on a text, the oldest first."""
    return [row for row in _taking_from(contribution) if row.title or row.text]


def _taking_from(contribution: Contribution) -> list[PreservedText]:
    """Like ``in_force``, with what was wiped by now."""
    measures = Measure.objects.on(contribution).open()
    rows = PreservedText.objects.filter(decision__in=measures.values("decision"))
    return list(rows.order_by("decision").select_related("decision"))


def are_gone(decision: Decision) -> bool:
    """Whether the original of what ``decision`` took has been wiped."""
    return PreservedText.objects.filter(decision=decision, title="", text="").exists()


def erase(contribution: Contribution) -> None:
    """Wipe the originals kept of a text that was emptied for good."""
    PreservedText.objects.kept().filter(decision__case__contribution=contribution).wipe()


def _words(row: PreservedText) -> tuple[str, str]:
    return row.title, row.text


def _union(rows: Iterable[PreservedText]) -> Passages:
    return reduce(or_, (passages_from(row.decision.details["passages"]) for row in rows))


def _reads(rows: list[PreservedText]) -> tuple[str, str]:
    return _union(rows).masked(rows[0].title, rows[0].text)
