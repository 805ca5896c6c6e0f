"""What automatic checks know: the town's word lists, texts seen before, what the filter learnt."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks.wording import STAR, Entry

LONGEST_ENTRY = 100
LONGEST_LIST = 50_000


def fresh_stamp() -> int:
    """Return a number no row had before, as far as chance goes: 62 bits."""
    return secrets.randbits(62)


class WordListQuerySet(models.QuerySet["WordList"]):
    def for_language(self, *languages: str) -> WordListQuerySet:
        """Lists in force for texts in one of ``languages``; lists of no language are for all."""
        codes = {code for language in languages for code in (language, language.partition("-")[0])}
        return self.filter(retired=False, language__in=["", *codes]).order_by("pk")


class WordList(models.Model):
    """
    Words the town does not want to read unseen, in one language or in all.

    One entry a line: a word or a few words, with a star for any beginning or ending. ``stamp`` is
    another number after every save, so that servers know their copy is old.
    """

    class Verdict(models.TextChoices):
        """What happens to a text with one of the words."""

        MARK = "mark", _("publish it, and show it to a moderator")
        HOLD = "hold", _("let it wait for a moderator")
        REFUSE = "refuse", _("refuse it with a sentence")

    title = models.CharField(_("title"), max_length=100)
    language = models.CharField(_("language"), max_length=16, blank=True)
    verdict = models.CharField(_("what happens"), max_length=8, choices=Verdict, default="hold")
    words = models.TextField(
        _("words"),
        max_length=LONGEST_LIST,
        help_text=_(
            "One word or phrase a line. A star stands for any letters: “word*” also finds “words”, "
            "“*word*” finds it inside others. Particles of Korean are found without a star."
        ),
    )
    exceptions = models.TextField(
        _("exceptions"),
        max_length=LONGEST_LIST,
        blank=True,
        help_text=_("What looks like one of the words and is harmless, written likewise."),
    )
    sentence = models.CharField(
        _("sentence to the writer"),
        max_length=255,
        blank=True,
        help_text=_("Shown where the text is refused or waits. Do not repeat the word in it."),
    )
    rule = models.ForeignKey(
        "civic_moderation.NetiquetteRule",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rule they break"),
    )
    retired = models.BooleanField(_("not in use"), default=False)
    stamp = models.PositiveBigIntegerField(default=0, editable=False)

    objects = WordListQuerySet.as_manager()

    class Meta:
        verbose_name = _("word list")
        verbose_name_plural = _("word lists")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["mark", "hold", "refuse"]),
                name="civic_word_list_verdict_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse lines nothing can be found by; the number of the line is said."""
        super().clean()
        for name in ("words", "exceptions"):
            for number, line in enumerate(getattr(self, name).splitlines(), start=1):
                if line.strip() and (why := _fault(line.strip())):
                    raise ValidationError({name: _line_fault(number, why)})

    def save(self, *args: object, **kwargs: object) -> None:
        self.stamp = fresh_stamp()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def entries(self) -> Sequence[str]:
        return [line for line in self.words.splitlines() if line.strip()]

    @property
    def allowed(self) -> Sequence[str]:
        return [line for line in self.exceptions.splitlines() if line.strip()]


class KnownText(models.Model):
    """
    That a text was handed in, as a keyed digest of its letters: it cannot be read out of it.

    Gone with the text, and after ``SAME_TEXT_DAYS``.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="known_text",
        verbose_name=_("contribution"),
    )
    digest = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("known text")
        verbose_name_plural = _("known texts")

    def __str__(self) -> str:
        return self.digest


class FilterState(models.Model):
    """
    What the learning filter has counted, in one row.

    ``counts`` are 32-bit numbers, little end first, compressed: for each of its places first how
    many good texts, then how many spam texts had it. ``version`` counts up with every change.
    """

    name = models.CharField(primary_key=True, max_length=32)
    stamp = models.PositiveBigIntegerField(default=0)
    good = models.PositiveIntegerField(_("good texts"), default=0)
    spam = models.PositiveIntegerField(_("spam"), default=0)
    counts = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("state of the learning filter")
        verbose_name_plural = _("states of the learning filter")

    def __str__(self) -> str:
        return self.name


class LearntText(models.Model):
    """
    What one decided text added to the filter, so that it can be taken back exactly.

    ``places`` are 16-bit numbers, little end first. No text can be read out of them.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="learnt_text",
        verbose_name=_("contribution"),
    )
    is_spam = models.BooleanField(_("spam"))
    places = models.BinaryField()
    learnt_at = models.DateTimeField(_("learnt"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("learnt text")
        verbose_name_plural = _("learnt texts")

    def __str__(self) -> str:
        return str(self.contribution_id)


def _fault(line: str) -> str:
    if len(line) > LONGEST_ENTRY:
        return str(_("it is longer than %(most)s characters")) % {"most": LONGEST_ENTRY}
    if STAR in line.strip(STAR):
        return str(_("a star stands at the beginning or at the end only"))
    if Entry.read(line) is None:
        return str(_("it needs at least two letters"))
    return ""


def _line_fault(number: int, why: str) -> str:
    return str(_("Line %(number)s cannot be looked for: %(why)s.")) % {"number": number, "why": why}
