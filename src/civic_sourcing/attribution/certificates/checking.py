"""What a fingerprint belongs to, and how anybody recomputes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.family.visibility import public_keys
from civic_sourcing.attribution.fingerprints import text_digest, version_document
from civic_sourcing.attribution.ledger import fingerprint_of
from civic_sourcing.attribution.models import Contribution, ContributionVersion
from civic_sourcing.core.audit import canonical_json
from civic_sourcing.core.exceptions import ActionRefused

LENGTH = 64
_HEXADECIMAL = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Finding:
    """
    A published version with what is needed to recompute its fingerprint.

    ``document`` is the text whose SHA-256 is the fingerprint; ``words`` is the text whose
    HMAC-SHA-256 with the salt is the digest in it, empty once the version is blanked or out of
    sight. ``holds`` tells whether our own computation gave the same.
    """

    version: ContributionVersion
    contribution: Contribution
    is_public: bool
    document: str
    words: str
    holds: bool
    is_latest: bool


def read_fingerprint(typed: str) -> str:
    """
    Return a fingerprint as printed, typed or pasted: spaces, hyphens and case do not count.

    Raises ``ActionRefused`` (``not-a-fingerprint``) for what cannot be one.
    """
    text = "".join(sign for sign in typed.lower() if not sign.isspace() and sign != "-")
    if _HEXADECIMAL.fullmatch(text):
        return text
    raise ActionRefused(
        _(
            "A fingerprint has 64 characters, the digits 0 to 9 and the letters a to f. This has "
            "%(length)s. Please check it against the certificate."
        )
        if len(text) != LENGTH
        else _(
            "A fingerprint has only the digits 0 to 9 and the letters a to f. Please check it "
            "against the certificate."
        ),
        code="not-a-fingerprint",
        length=len(text),
    )


def find(fingerprint: str, request: HttpRequest | None = None) -> Finding | None:
    """Return what ``fingerprint`` belongs to, or ``None`` where it is not known here."""
    versions = ContributionVersion.objects.select_related(
        "process", "contribution__author__user", "contribution__licence__licence"
    )
    version = versions.filter(fingerprint=fingerprint).first()
    if version is None:
        return None
    contribution = version.contribution
    is_public = contribution.pk in public_keys([contribution], request)
    shows_words = is_public and not version.is_blanked
    last = contribution.versions.order_by("-number").values_list("number", flat=True).first()
    return Finding(
        version=version,
        contribution=contribution,
        is_public=is_public,
        document=document_of(version),
        words=words_of(version) if shows_words else "",
        holds=holds(version),
        is_latest=version.number == last,
    )


def document_of(version: ContributionVersion) -> str:
    """Return the canonical JSON whose SHA-256 is the fingerprint."""
    contribution = version.contribution
    return canonical_json(
        version_document(
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
    )


def words_of(version: ContributionVersion) -> str:
    """Return the canonical JSON of title and text, whose salted digest is ``text_digest``."""
    return canonical_json({"text": version.text, "title": version.title})


def holds(version: ContributionVersion) -> bool:
    """Compute anew; the text of a blanked version can no longer be compared."""
    if fingerprint_of(version) != version.fingerprint:
        return False
    if version.is_blanked:
        return True
    return text_digest(version.title, version.text, salt=version.salt) == version.text_digest


def groups(fingerprint: str) -> list[str]:
    """Return a fingerprint in groups of eight, as certificates print it."""
    return [fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8)]
