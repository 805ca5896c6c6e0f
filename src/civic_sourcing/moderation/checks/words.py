"""The town's own words: lists that editors keep as snippets."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks.letters import HANGUL
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit, Span, Verdict
from civic_sourcing.moderation.checks.wording import Reading, Wording
from civic_sourcing.moderation.models import WordList

SENTENCES: dict[str, str | Promise] = {
    WordList.Verdict.HOLD: _("It waits because of a word in it that a moderator looks at first."),
    WordList.Verdict.REFUSE: _(
        "This text has a word in it that is not used here. Please say it in another way."
    ),
    WordList.Verdict.MARK: "",
}


class WordCheck(ContentCheck):
    """
    Look for the entries of every list in force, in the language of the text and for all languages.

    A text with Hangul in it is Korean too, whatever page it is written on.
    """

    key = "words"
    label = _("Word lists")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        languages = [text.language, "ko"] if HANGUL.search(text.whole) else [text.language]
        lists = _lists.in_force(languages)
        if not lists:
            return
        readings = [(name, Reading.of(content)) for name, content in text.fields]
        for words in lists:
            spans, disguised = _spans(_lists.wording(words), readings)
            if spans:
                yield Hit(
                    self.key,
                    cast(Verdict, words.verdict),
                    f"list-{words.pk}",
                    words.sentence or SENTENCES[words.verdict],
                    spans,
                    {"list": words.pk, "places": len(spans), "disguised": disguised},
                    rule=words.rule_id,
                )


def _spans(wording: Wording, readings: list[tuple[str, Reading]]) -> tuple[list[Span], int]:
    spans: list[Span] = []
    disguised = 0
    for name, reading in readings:
        for place in wording.find(reading):
            spans.append((name, place.start, place.end))
            disguised += place.disguised
    return spans, disguised


class _Lists:
    """Lists as they were made ready last, in the memory of this server. One query says what is."""

    def __init__(self) -> None:
        self._ready: dict[int, tuple[int, Wording]] = {}
        self._lock = Lock()

    def in_force(self, languages: Iterable[str]) -> list[WordList]:
        lists = WordList.objects.for_language(*languages)
        return list(lists.defer("words", "exceptions"))

    def wording(self, words: WordList) -> Wording:
        stamp, wording = self._ready.get(words.pk, (-1, None))
        if wording is None or stamp != words.stamp:
            wording = Wording(words.entries, words.allowed)
            with self._lock:
                self._ready[words.pk] = (words.stamp, wording)
        return wording


_lists = _Lists()
