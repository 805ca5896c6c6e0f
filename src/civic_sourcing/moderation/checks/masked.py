"""Passages that moderators masked, put back by an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit
from civic_sourcing.moderation.deciding import words
from civic_sourcing.moderation.deciding.masking import passages_from

SHORTEST = 2
"""Code points from which a passage tells anything."""


class MaskedCheck(ContentCheck):
    """Refuse an edit that repeats what is masked of this very text while the mask is in force."""

    key = "masked"
    label = _("Masked passages")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        if text.contribution is None:
            return
        said = text.whole.casefold()
        if any(passage.casefold() in said for passage in _masked(text.contribution)):
            yield Hit(
                self.key,
                "refuse",
                "masked",
                sentence=_(
                    "Moderators masked a passage of this text, so it cannot be put back by an "
                    "edit. You can leave it out, or appeal against the decision."
                ),
            )


def _masked(contribution: Contribution) -> Iterator[str]:
    for row in words.in_force(contribution):
        passages = passages_from(row.decision.details["passages"])
        found = [row.title[start:end] for start, end in passages.title]
        found += [row.text[start:end] for start, end in passages.text]
        for passage in found:
            if len(passage.strip()) >= SHORTEST:
                yield passage.strip()
