"""The same text again, and many texts of one person in a short time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.letters import fold
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit
from civic_sourcing.moderation.models import KnownText

LOOKED_AT = 50
"""Earlier texts of the same digest that are looked at."""

TAKEN_DOWN = frozenset({State.HIDDEN, State.REMOVED})


class SameTextCheck(ContentCheck):
    """
    Refuse one's own text a second time in the same process; hold what was taken down before, and
    what ``SAME_TEXT_PEOPLE`` people hand in word for word. Short texts may come again.
    """

    key = "same-text"
    label = _("The same text again")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        digest = digest_of(text)
        if not digest or text.author is None or text.at is None or text.process is None:
            return
        known = KnownText.objects.filter(digest=digest, at__gt=_since(text.at))
        if text.contribution is not None:
            known = known.exclude(pk=text.contribution.pk)
        rows = known.order_by("-at").values_list(
            "contribution__author", "contribution__process", "contribution__state"
        )[:LOOKED_AT]
        yield from self._judge(list(rows), text)

    def _judge(self, rows: list[tuple[int | None, int, str]], text: CheckedText) -> Iterable[Hit]:
        assert text.author is not None
        assert text.process is not None
        mine = [(process, state) for author, process, state in rows if author == text.author.pk]
        standing = [process for process, state in mine if state not in TAKEN_DOWN]
        people = {author for author, _process, _state in rows} | {text.author.pk}
        facts = {"times": len(rows), "people": len(people)}
        if text.process.pk in standing:
            yield Hit(self.key, "refuse", "own-text-again", OWN_AGAIN, explanation=facts)
        elif len(standing) < len(mine):
            yield Hit(self.key, "hold", "taken-down-before", TAKEN_DOWN_BEFORE, explanation=facts)
        elif len(people) >= conf.SAME_TEXT_PEOPLE:
            yield Hit(self.key, "hold", "many-alike", MANY_ALIKE, explanation=facts)


OWN_AGAIN = _("You have handed in the same text here before. Please write what is new.")
TAKEN_DOWN_BEFORE = _("It waits because the same text was taken down before.")
MANY_ALIKE = _("It waits because several people have handed in the same text, word for word.")
FLOODED = _("It waits because you have written much in a short time. Thank you for your patience.")


class FloodCheck(ContentCheck):
    """Hold what one person writes beyond ``FLOOD_COUNT`` contributions in ``FLOOD_MINUTES``."""

    key = "flood"
    label = _("Much in a short time")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        if text.author is None or text.at is None or text.contribution is not None:
            return
        since = text.at - timedelta(minutes=conf.FLOOD_MINUTES)
        mine = Contribution.objects.filter(author=text.author, received_at__gt=since)
        number = len(mine.values_list("pk", flat=True)[: conf.FLOOD_COUNT])
        if number >= conf.FLOOD_COUNT:
            facts = {"contributions": number, "minutes": conf.FLOOD_MINUTES}
            yield Hit(self.key, "hold", "flood", FLOODED, explanation=facts)


def digest_of(text: CheckedText) -> str:
    """
    Return the keyed digest of the letters and digits, alike for the same words however spaced.

    Empty for a text with fewer than ``SAME_TEXT_LENGTH`` of them.
    """
    letters = "".join(filter(str.isalnum, fold(text.whole)))
    if len(letters) < conf.SAME_TEXT_LENGTH:
        return ""
    return salted_hmac("civic_moderation.same_text", letters, algorithm="sha256").hexdigest()[:32]


def remember(contribution: Contribution, digest: str, *, at: datetime) -> None:
    """Know the text of ``contribution`` from now on, in place of what it said before."""
    KnownText.objects.bulk_create(
        [KnownText(contribution=contribution, digest=digest, at=at)],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=["digest", "at"],
    )


def forget(contribution: Contribution) -> None:
    KnownText.objects.filter(pk=contribution.pk).delete()


def forget_old(at: datetime) -> str:
    """Forget texts handed in too long ago to matter; a job of ``civic_tick``."""
    number, _models = KnownText.objects.filter(at__lte=_since(at)).delete()
    return f"{number} forgotten"


def _since(at: datetime) -> datetime:
    return at - timedelta(days=conf.SAME_TEXT_DAYS)
