"""
The one door into the ledger, for the actions of content rooms.

Call these inside an action's ``perform``. Order of locks: page of the process, contribution, its
content, author of something new and ledger of the process (both taken here), audit chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.authors import keep_from_leaving
from civic_sourcing.attribution.fingerprints import fresh_salt, text_digest, version_fingerprint
from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.attribution.models import (
    Channel,
    Contribution,
    ContributionVersion,
    LedgerChain,
    LicenceVersion,
    State,
)
from civic_sourcing.attribution.retitling import retitle_notices
from civic_sourcing.attribution.signals import contribution_moved, version_published
from civic_sourcing.attribution.similar import index
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

REVISABLE = frozenset({State.PUBLISHED, State.HELD})
UNSEEN = frozenset({State.DRAFT, State.HELD})


@dataclass(frozen=True)
class Terms:
    """Under which terms something is handed in."""

    licence: LicenceVersion | None = None
    consent_version: str = ""
    third_party_note: str = ""
    made_on_duty: bool = False


def receive(
    kind: str,
    *,
    process: Process,
    author: Participant | None,
    title: str,
    text: str,
    language: str,
    channel: str = Channel.ONLINE,
    entered_by: Participant | None = None,
    terms: Terms | None = None,
    author_is_kept: bool = False,
) -> Contribution:
    """
    Enter something handed in, ask the gate, and publish its first version unless it is held.

    The caller then makes the content object and points it here; it shows the content only if
    ``contribution.is_public``, and otherwise tells the author ``contribution.waits_for``. Title and
    text are normalised already. Raises ``ActionRefused`` where the gate refuses, or the author has
    left. Two equal texts: the first to get the lock has the lower ``sequence`` and keeps priority.
    ``author_is_kept`` says that this transaction has called ``keep_from_leaving`` already.
    """
    if author is not None and not author_is_kept:
        keep_from_leaving(author)
    chain = locked_chain(process)
    at = clock.now()
    submission = gate.Submission(kind, process, author, title, text, language, channel, at)
    judgement = gate.judge(submission)
    chain.received += 1
    contribution = _enter(chain, submission, judgement, entered_by, terms or Terms())
    if judgement.holds:
        chain.save(update_fields=["received"])
    else:
        _append(chain, contribution, number=1, title=title, text=text, at=at)
    judgement.follow(contribution)
    return contribution


def _enter(
    chain: LedgerChain,
    submission: gate.Submission,
    judgement: gate.Judgement,
    entered_by: Participant | None,
    terms: Terms,
) -> Contribution:
    """Make the row of what was handed in, as the last one received in ``chain``."""
    kind = contribution_kind(submission.kind)
    contribution = Contribution.objects.create(
        kind=submission.kind,
        process=submission.process,
        author=submission.author,
        entered_by=entered_by,
        sequence=chain.received,
        received_at=submission.at,
        state=State.HELD if judgement.holds else State.PUBLISHED,
        held_by=judgement.held_by,
        channel=submission.channel,
        language=submission.language,
        title=kind.heading(submission.title, submission.text),
        licence=terms.licence,
        consent_version=terms.consent_version,
        third_party_note=terms.third_party_note,
        made_on_duty=terms.made_on_duty,
    )
    contribution.waits_for = judgement.sentences
    return contribution


def revise(contribution: Contribution, *, title: str, text: str) -> list[str]:
    """
    Ask the gate about another text of it, and publish that as its next version unless it is held.

    The content object has the text already, canonical as ever. What was published and is held now
    disappears with all its versions until it is released; what waited goes on waiting, for its
    former keepers too. Returns the sentences for its author, none where it is published. Raises
    ``ActionRefused`` where the gate refuses, and for what is hidden, withdrawn or removed.
    """
    if contribution.state not in REVISABLE:
        raise ActionRefused(
            _("This text cannot be changed now: it is marked “%(state)s”.")
            % {"state": State(contribution.state).label},
            code=f"is-{contribution.state}",
        )
    contribution.kind_of.lock(contribution)
    locked_chain(contribution.process)
    judgement = gate.judge(_submission(contribution, title, text))
    waits = contribution.state == State.HELD or bool(judgement.holds)
    contribution.title = contribution.kind_of.heading(title, text)
    if waits:
        _hold_back(contribution, judgement)
    else:
        contribution.save(update_fields=["title"])
        publish_version(contribution, title=title, text=text)
    judgement.follow(contribution)
    contribution.waits_for = judgement.sentences
    return judgement.sentences


def _submission(contribution: Contribution, title: str, text: str) -> gate.Submission:
    return gate.Submission(
        kind=contribution.kind,
        process=contribution.process,
        author=contribution.author,
        title=title,
        text=text,
        language=contribution.language,
        channel=contribution.channel,
        at=clock.now(),
        contribution=contribution,
    )


def _hold_back(contribution: Contribution, judgement: gate.Judgement) -> None:
    was_public = contribution.is_public
    keepers = sorted({*contribution.keepers, *judgement.holds})
    contribution.state, contribution.held_by = State.HELD, " ".join(keepers)
    contribution.save(update_fields=["title", "state", "held_by"])
    if was_public:
        index.forget(contribution)
        contribution.kind_of.hide(contribution)


def publish_version(contribution: Contribution, *, title: str, text: str) -> ContributionVersion:
    """Append the next published version; title and text are canonical (normalised, NFC, LF)."""
    chain = locked_chain(contribution.process)
    last = contribution.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    return _append(chain, contribution, number=number, title=title, text=text)


def _append(
    chain: LedgerChain,
    contribution: Contribution,
    *,
    number: int,
    title: str,
    text: str,
    at: datetime | None = None,
) -> ContributionVersion:
    """
    Link a version to the end of ``chain``, whose lock is held, and save both.

    ``at`` is the database's time since the lock is held, where it is known.
    """
    salt = fresh_salt()
    version = ContributionVersion(
        contribution=contribution,
        number=number,
        title=title,
        text=text,
        salt=salt,
        text_digest=text_digest(title, text, salt=salt),
        author=contribution.author.uuid if contribution.author else None,
        published_at=at or clock.now(),
        process=contribution.process,
        position=chain.length + 1,
        previous=chain.head,
    )
    version.fingerprint = fingerprint_of(version)
    version.save(force_insert=True)
    chain.length, chain.head = version.position, version.fingerprint
    chain.save(update_fields=["received", "length", "head"])
    if contribution.kind_of.is_compared:
        index.add(contribution, title=title, text=text)
    transaction.on_commit(partial(_announce, version), robust=True)
    return version


def blank(contribution: Contribution) -> None:
    """Empty its texts for good, here and in its content; fingerprints and chain stay."""
    Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    contribution.kind_of.blank(contribution)
    _blank_versions(contribution)
    _forget_words(contribution)
    gate.erase_text(contribution)
    before = contribution.title
    contribution.title = contribution.third_party_note = ""
    if contribution.state == State.REMOVED:
        contribution.hidden_from = ""
    contribution.save(update_fields=["title", "third_party_note", "hidden_from"])
    retitle_notices(contribution, before)


def mask(contribution: Contribution, *, title: str, text: str) -> None:
    """
    Put a masked text in place of all earlier ones, which are blanked; canonical as ever.

    What was published gets a new version; what waits at the gate does not. ``bring_words_back``
    undoes it.
    """
    was_published = contribution.was_published
    take_words(contribution, title=title, text=text)
    if was_published and contribution.state not in UNSEEN:
        publish_version(contribution, title=title, text=text)


def take_words(contribution: Contribution, *, title: str, text: str) -> Mapping[str, Any]:
    """
    Put ``title`` and ``text`` in place of all that was written, and publish nothing.

    Returns what the kind needs beside the original words to bring it back exactly.
    """
    keepsake = contribution.kind_of.keepsake(contribution)
    _blank_versions(contribution)
    _put_words(contribution, title, text)
    return keepsake


def bring_words_back(
    contribution: Contribution, *, title: str, text: str, keepsake: Mapping[str, Any] | None = None
) -> None:
    """
    Put the original words back, with what ``take_words`` returned.

    They are published anew unless the last version reads so (``blanking.put_back``); versions that
    can be read stay as they are.
    """
    _put_words(contribution, title, text)
    if contribution.was_published and contribution.state not in UNSEEN:
        _publish_again(contribution, title, text)
    if keepsake:
        contribution.kind_of.bring_back(contribution, keepsake)


def _publish_again(contribution: Contribution, title: str, text: str) -> None:
    last = contribution.versions.order_by("-number").first()
    if last is None or last.is_blanked or (last.title, last.text) != (title, text):
        publish_version(contribution, title=title, text=text)
    elif contribution.kind_of.is_compared:
        index.add(contribution, title=title, text=text)


def _put_words(contribution: Contribution, title: str, text: str) -> None:
    """Let content, heading and notices read so."""
    before = contribution.title
    contribution.kind_of.mask(contribution, title, text)
    _forget_words(contribution)
    contribution.title = contribution.kind_of.heading(title, text)
    contribution.save(update_fields=["title"])
    retitle_notices(contribution, before)


def held_alone(contribution: Contribution) -> list[str]:
    """The keepers that hold it still as it stands, and that nobody else can release."""
    title, text = contribution.kind_of.canonical(contribution)
    return gate.held_alone(_submission(contribution, title, text))


def move(contribution: Contribution, process: Process, *, sequence: int | None = None) -> None:
    """
    Let it belong to another process from now on, as the last one received there.

    ``sequence`` is the number it had there before, if it comes back. Its published versions stay in
    the chain of the process in which they were published.
    """
    contribution.kind_of.lock(contribution)
    contribution.kind_of.lock_places(contribution, process)
    source = contribution.process
    target = _locked_target(source, process)
    if sequence is None:
        target.received += 1
        target.save(update_fields=["received"])
    contribution.process = process
    contribution.sequence = sequence or target.received
    contribution.save(update_fields=["process", "sequence"])
    contribution.kind_of.move(contribution, process)
    transaction.on_commit(partial(_announce_move, contribution, source), robust=True)


def move_along(contributions: Iterable[Contribution], process: Process) -> None:
    """
    Let contributions of one process belong to another, in their order, as what is below something
    that was moved; their content stays where it is. A constant number of queries for each thousand.
    """
    rows = sorted(contributions, key=lambda each: each.sequence)
    if not rows:
        return
    target = _locked_target(rows[0].process, process)
    for row in rows:
        target.received += 1
        row.process, row.sequence = process, target.received
    target.save(update_fields=["received"])
    Contribution.objects.bulk_update(rows, ["process", "sequence"], batch_size=1000)


def _locked_target(source: Process, process: Process) -> LedgerChain:
    """The ledger of ``process``, with the locks of both in the order of their keys."""
    keys = {each.pk: each for each in (source, process)}
    chains = {pk: locked_chain(keys[pk]) for pk in sorted(keys)}
    return chains[process.pk]


def _blank_versions(contribution: Contribution) -> None:
    contribution.versions.exclude(salt="").update(title="", text="", salt="")


def _forget_words(contribution: Contribution) -> None:
    """Drop what rooms have made of the words so far."""
    index.forget(contribution)
    gate.forget_text(contribution)


def fingerprint_of(version: ContributionVersion) -> str:
    """Compute what the fingerprint of ``version`` has to be."""
    contribution = version.contribution
    return version_fingerprint(
        contribution=contribution.uuid,
        number=version.number,
        kind=contribution.kind,
        language=contribution.language,
        author=version.author,
        received_at=contribution.received_at,
        published_at=version.published_at,
        digest=version.text_digest,
        process=version.process.uuid,
        position=version.position,
        previous=version.previous,
    )


def _announce(version: ContributionVersion) -> None:
    version_published.send_robust(
        sender=ContributionVersion, version=version, contribution=version.contribution
    )


def _announce_move(contribution: Contribution, source: Process) -> None:
    contribution_moved.send_robust(sender=Contribution, contribution=contribution, source=source)


def locked_chain(process: Process) -> LedgerChain:
    """Return the end of the process's ledger under lock, making it at the first contribution."""
    chains = LedgerChain.objects.select_for_update().filter(process=process)
    chain = chains.first()
    if chain is None:
        LedgerChain.objects.bulk_create([LedgerChain(process=process)], ignore_conflicts=True)
        chain = chains.get()
    return chain
