"""Finding out whether answers and promises are what they say: the room's ``civic_verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef

from civic_sourcing.answers.actions.answers import reference_of
from civic_sourcing.answers.models import (
    Adoption,
    AnswerKind,
    AnswerPart,
    AnswerState,
    OfficialAnswer,
    Promise,
    PromiseKind,
)
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.fingerprints import salted_digest
from civic_sourcing.core.audit.verification import Finding, Verification

PAGE = 1000


def verify_answers(verification: Verification) -> Iterator[Finding]:
    """
    Yield published answers that read otherwise than when they were logged, gaps in their numbers,
    parts nobody wrote; answer promises still running after the answer; adoptions made of nothing.
    """
    yield from _texts(verification)
    yield from _numbers(verification)
    yield from _parts(verification)
    yield from _promises(verification)
    yield from _adoptions(verification)


def _texts(verification: Verification) -> Iterator[Finding]:
    answers = _rows(OfficialAnswer, verification).filter(state=AnswerState.PUBLISHED)
    for page in _pages(answers):
        verification.checked += len(page)
        logged = dict(
            AuditEntry.objects.using(verification.using)
            .filter(reason_reference__in=[reference_of(answer) for answer in page])
            .values_list("reason_reference", "reason_digest")
        )
        for answer in page:
            digest = salted_digest(answer.text, bytes.fromhex(answer.salt))
            if logged.get(reference_of(answer)) != digest:
                message = "The answer reads otherwise than when it was published."
                yield Finding("answer", str(answer.uuid), message, answer.number)


def _numbers(verification: Verification) -> Iterator[Finding]:
    before = OfficialAnswer.objects.using(verification.using).filter(
        contribution=OuterRef("contribution"), number=OuterRef("number") - 1
    )
    gaps = _rows(OfficialAnswer, verification).filter(number__gt=1).exclude(Exists(before))
    for answer in gaps:
        yield Finding("missing", str(answer.uuid), "The answer before it is missing", answer.number)


def _parts(verification: Verification) -> Iterator[Finding]:
    parts = AnswerPart.objects.using(verification.using).filter(
        contributed_at=None, answer__state=AnswerState.PUBLISHED
    )
    if verification.chain:
        parts = parts.filter(answer__contribution__process__uuid=verification.chain)
    for part in parts.select_related("answer"):
        message = "It was published without the part of a department."
        yield Finding("part", str(part.answer.uuid), message, part.answer.number)


def _promises(verification: Verification) -> Iterator[Finding]:
    answered = OfficialAnswer.objects.using(verification.using).filter(
        contribution=OuterRef("contribution"),
        kind=AnswerKind.FINAL,
        published_at__gt=OuterRef("made_at"),
    )
    running = _rows(Promise, verification).running().filter(kind=PromiseKind.ANSWER)
    for promise in running.filter(Exists(answered)):
        message = "An answer is owed still, though it was given."
        yield Finding("promise", str(promise.uuid), message)
    early = _rows(Promise, verification).filter(kept_at__lt=F("made_at"))
    for promise in early:
        yield Finding("early", str(promise.uuid), "It was kept before it was made.")


def _adoptions(verification: Verification) -> Iterator[Finding]:
    source = Derivation.objects.using(verification.using).filter(
        target=OuterRef("contribution"), kind=DerivationKind.ADOPTED
    )
    for adoption in _rows(Adoption, verification).exclude(Exists(source)):
        yield Finding("adoption", str(adoption.uuid), "It was adopted from nothing.")


def _rows(model: Any, verification: Verification) -> Any:
    rows = model.objects.using(verification.using)
    if verification.chain:
        rows = rows.filter(contribution__process__uuid=verification.chain)
    return rows.all()


def _pages(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield page
        last = page[-1].pk
