"""
Who agreed to what: recorded with version, language and digest of what was on the screen.

Other rooms record consents of their own kinds (a licence) with ``record_consent``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from civic_sourcing.participants.models import ConsentRecord, LegalText, LegalTextBody, Participant


@dataclass(frozen=True)
class Shown:
    """What somebody saw when they agreed."""

    kind: str
    version: str
    language: str
    digest: str

    @classmethod
    def of(cls, body: LegalTextBody) -> Shown:
        """The legal text ``body`` belongs to, in its language."""
        text = body.legal_text
        return cls(text.kind, str(text.version), body.language, body.digest)


def record_consent(participant: Participant, shown: Shown, *, at: datetime) -> ConsentRecord:
    """
    Record that ``participant`` agreed; a second time returns the first record.

    The caller holds the lock of their row, so that nobody else records the same meanwhile.
    """
    what = {"participant": participant, "kind": shown.kind, "version": shown.version}
    record = ConsentRecord.objects.filter(**what).first()
    return record or ConsentRecord.objects.create(
        **what, language=shown.language, digest=shown.digest, at=at
    )


_namers: dict[str, Callable[[str, str], str]] = {}


def register_consent_namer(prefix: str, name: Callable[[str, str], str]) -> None:
    """
    Let a room name what people agreed to under kinds of its own, such as ``licence:cc-by``.

    ``name(key, version)`` gets what stands behind ``prefix`` and the colon.
    """
    _namers[prefix] = name


def name_of(record: ConsentRecord) -> str:
    """What ``record`` is about, in the active language; its kind where nobody knows it."""
    labels = dict(LegalText.Kind.choices)
    prefix, _colon, key = record.kind.partition(":")
    if record.kind in labels:
        return str(labels[record.kind])
    return (prefix in _namers and _namers[prefix](key, record.version)) or record.kind


def missing_consents(
    participant: Participant | None, kinds: Iterable[str] | None = None
) -> list[LegalText]:
    """
    Return the current texts of ``kinds`` (default: all) that ``participant`` did not agree to.

    A kind nobody published a text for is not missing. ``None`` (not known yet) agreed to nothing.
    """
    texts = LegalText.objects.current().prefetch_related("bodies").order_by("kind")
    if kinds is not None:
        texts = texts.filter(kind__in=list(kinds))
    if participant is None:
        return list(texts)
    agreed = set(participant.consents.values_list("kind", "version"))
    return [text for text in texts if (text.kind, str(text.version)) not in agreed]
