from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import remembered_uuid

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def participant_uuid(user: AbstractBaseUser) -> UUID:
    """The random number under which the log knows ``user``; it survives the account."""
    return remembered_uuid(user) or Participant.objects.of(user).uuid
