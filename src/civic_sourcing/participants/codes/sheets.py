"""Cards and letters to print: one HTML file, streamed, self-contained, made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from civic_sourcing.participants.codes.actions import MadeBatch
from civic_sourcing.participants.codes.crockford import grouped
from civic_sourcing.participants.eligibility.offices import office_of

FOLDER = "civic_sourcing/participants/sheets"
PER_SHEET = {"cards": 8, "letters": 1}


@dataclass(frozen=True)
class Sheets:
    """
    The sheets of a batch in one language. ``address`` is where the code is entered.

    ``layout`` is ``cards`` (eight on A4) or ``letters`` (one on A4).
    """

    made: MadeBatch
    layout: str
    language: str
    title: str
    address: str

    def html(self) -> Iterator[str]:
        """Yield the file piece by piece, a sheet at a time."""
        context = {
            "batch": self.made.batch,
            "title": self.title,
            "address": self.address.partition("://")[2].rstrip("/"),
            "language": self.language,
        }
        with translation.override(self.language):
            context["office"] = office_of(self.made.batch.process)
            head = render_to_string(f"{FOLDER}/head.html", context)
        yield head
        codes = self.made.codes
        step = PER_SHEET[self.layout]
        for start in range(0, len(codes), step):
            cards = [
                {"serial": each.serial, "code": grouped(each.code)}
                for each in codes[start : start + step]
            ]
            with translation.override(self.language):
                yield render_to_string(f"{FOLDER}/{self.layout}.html", {**context, "cards": cards})
        yield "</body></html>\n"
