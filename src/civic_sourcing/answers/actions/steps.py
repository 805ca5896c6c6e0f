"""What the steps about a contribution share: order of locks, texts as they may be kept."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.conf import TEXT_COLUMN, conf
from civic_sourcing.answers.policies import contribution_of
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import TextRefused, normalise

Subject = TypeVar("Subject", bound=Model)
REASON_LENGTH = 2000


class AboutContribution(Action[Subject]):
    """A step on something about a contribution. Order of locks: the contribution, then the rest."""

    def fresh_subject(self) -> Any:
        contribution = locked(contribution_of(self.subject))
        subject = super().fresh_subject()
        holder = getattr(subject, "answer", subject)
        holder.contribution = contribution
        return subject


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now, locked until the transaction ends."""
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("process").get(pk=contribution.pk)


def refuse_unseen(contribution: Contribution) -> None:
    """The city answers in public, so only what everybody may read."""
    if not contribution.is_public:
        raise ActionRefused(
            _("This cannot be read by everybody, so it is not answered in public."),
            code="not-public",
        )


def long_text(text: str) -> str:
    """
    Return ``text`` as it may be kept; blank stays blank.

    Raises ``TextRefused`` (``too-long``), as the others here do.
    """
    return _kept(text, max_length=TEXT_COLUMN, max_graphemes=conf.ANSWER_TEXT_LENGTH)


def medium_text(text: str, *, max_length: int) -> str:
    """Return paragraphs of at most ``max_length`` code points; blank stays blank."""
    return _kept(text, max_length=max_length)


def reason_text(reason: str) -> str:
    """Return a reason for everybody to read. Raises ``ActionRefused`` where it says too little."""
    reason = medium_text(reason, max_length=REASON_LENGTH)
    if len(reason) < conf.PROMISE_REASON_LENGTH:
        raise ActionRefused(
            _("Please say why in at least %(least)s characters: everybody can read it."),
            code="no-reason",
            least=conf.PROMISE_REASON_LENGTH,
        )
    return reason


def short_text(text: str, *, max_length: int) -> str:
    """Return one line as it may be kept; blank stays blank."""
    return _kept(text, max_length=max_length, single_line=True)


def _kept(text: str, **limits: Any) -> str:
    try:
        return normalise(text, **limits)
    except TextRefused as refused:
        if refused.code == "blank":
            return ""
        raise
