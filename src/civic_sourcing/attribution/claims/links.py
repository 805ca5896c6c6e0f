"""Find the contribution somebody means by an address or a number."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit
from uuid import UUID

import swapper

from civic_sourcing.attribution.models import Contribution, ContributionVersion

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE)


def find_contribution(words: str) -> Contribution | None:
    """
    Return the public contribution ``words`` name, or ``None``.

    Taken are its UUID, the fingerprint of a published version, any address with one of the two in
    it (certificate, check page), and the address of its page.
    """
    return _by_fingerprint(words) or _by_uuid(words) or _by_page(words)


def _by_fingerprint(words: str) -> Contribution | None:
    found = _FINGERPRINT.search(words)
    if not found:
        return None
    versions = ContributionVersion.objects.select_related("contribution")
    version = versions.filter(fingerprint=found[0].lower()).first()
    return version.contribution if version and version.contribution.is_public else None


def _by_uuid(words: str) -> Contribution | None:
    found = _UUID.search(words)
    if not found:
        return None
    return Contribution.objects.published().filter(uuid=UUID(found[0])).first()


def _by_page(words: str) -> Contribution | None:
    """Pages of that slug are few; the one whose own address has this path is meant."""
    path = unquote(urlsplit(words.strip()).path).rstrip("/")
    slug = path.rpartition("/")[2]
    if not slug:
        return None
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    for page in pages.filter(slug=slug, live=True)[:50]:
        contribution = getattr(page.specific, "contribution", None)
        if isinstance(contribution, Contribution) and contribution.is_public:
            own = unquote(urlsplit(contribution.kind_of.url(contribution)).path).rstrip("/")
            if own == path:
                return contribution
    return None
