"""Authors while something of theirs is filed: their erasure waits, and then finds it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant


def kept_author(user: Any) -> Participant:
    """
    Return who ``user`` is here, kept as ``keep_from_leaving`` does; in one query, mostly.

    Raises ``ActionRefused`` (code ``erased``) where the account is gone.
    """
    rows = Participant.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    author = rows.filter(user_id=user.pk).first()
    if author is None:
        accounts = get_user_model()._default_manager.select_for_update(no_key=True)
        if accounts.filter(pk=user.pk).first() is None:
            raise _erased()
        author = Participant.objects.of(user)
        keep_from_leaving(author)
    _refuse_erased(author)
    return author


def keep_from_leaving(author: Participant) -> None:
    """
    Hold off the author's erasure until this transaction ends, so that it finds what is filed in it.

    Raises ``ActionRefused`` (code ``erased``) where the erasure was first.
    """
    _refuse_erased(Participant.objects.select_for_update(no_key=True).get(pk=author.pk))


def _refuse_erased(author: Participant) -> None:
    if author.erased_at is not None:
        raise _erased()


def _erased() -> ActionRefused:
    return ActionRefused(_("This account was deleted in the meantime."), code="erased")
