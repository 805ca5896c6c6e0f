"""Evidence is for the eyes of both sides and of stewards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from civic_sourcing.attribution.claims.people import is_steward
from civic_sourcing.attribution.models import ClaimFile
from civic_sourcing.core.uploads import Upload, register_uploads


def register_evidence() -> None:
    register_uploads("civic_attribution.claimfile", find=find_file, may_see=may_see_file)


def find_file(uuid: UUID) -> ClaimFile | None:
    files = ClaimFile.objects.select_related("statement__claim__contribution__process")
    return files.filter(uuid=uuid).first()


def may_see_file(user: Any, upload: Upload) -> bool:
    assert isinstance(upload, ClaimFile)
    if user is None or not user.is_authenticated:
        return False
    claim = upload.statement.claim
    return claim.is_party(user) or is_steward(user, claim)
