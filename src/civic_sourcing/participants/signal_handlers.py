from __future__ import annotations

from typing import Any

from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant


def erase_with_account(sender: Any, instance: Any, **kwargs: Any) -> None:
    """
    Leave a tombstone when the host deletes an account by its own means. Receives ``pre_delete``.

    What the person wrote for the public stays: nobody asked them whether it should go.
    """
    person = Participant.objects.filter(user_id=instance.pk, erased_at=None).first()
    if person is not None:
        EraseParticipant(person, by=None, blank_texts=False, keep_account=True).execute()
