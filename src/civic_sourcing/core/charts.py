"""
Charts drawn on the server: an SVG, and the same numbers in a table beneath.

Nothing here needs JavaScript or inline styles. Bars are measured in per cent of the drawing's width
and text in pixels, so a chart fits a phone and a wall without the words shrinking.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

Number = int | float | Decimal

NARROWEST = 272  # pixels a chart may count on: a 320 px screen less its margins
LINE = 21
BAR = 14
GAP = 16
LABEL_WIDTH = 34  # columns of 8 px; wide characters take two
LABEL_LINES = 2


@dataclass(frozen=True)
class Bar:
    """
    One row of a chart.

    ``value`` is at least 0. ``tone`` colours the bar: one of the tones of the element ``badge``, or
    nothing for the accent colour. ``note`` says the same as the tone in words, in the table.
    """

    label: str
    value: Number
    tone: str = ""
    note: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"The bar {self.label!r} must not be below 0, not {self.value!r}.")


@dataclass(frozen=True)
class DrawnBar:
    """Where a bar and its words stand in the drawing (y in pixels, width in per cent)."""

    bar: Bar
    lines: Sequence[tuple[float, str]]
    top: float
    width: str
    value_x: str
    value_y: float
    words: str
    words_beside: bool


def bar_chart(
    rows: Iterable[Bar | tuple[str, Number]],
    *,
    title: str,
    label: str,
    value: str,
    note: str = "",
    description: str = "",
    legend: Sequence[tuple[str, str]] = (),
    words: Callable[[Number], str] | None = None,
    folded: bool | None = None,
    id: str = "chart",
) -> SafeString:
    """
    Draw horizontal bars in the order given, longest label in two lines, with a table beneath.

    ``label``, ``value`` and ``note`` head the table's columns; the note column is left out when it
    has no heading. ``legend`` pairs tones with words. ``words`` writes a number for people
    (default: with the separators of the language). ``folded`` hides the table behind a summary
    (default: from 13 rows on). ``id`` tells charts on one page apart. Raises ``ValueError`` for a
    negative value.
    """
    bars = [row if isinstance(row, Bar) else Bar(*row) for row in rows]
    drawing = draw(bars, words or localized)
    context = {
        "id": id,
        "title": title,
        "description": description,
        "columns": {"label": label, "value": value, "note": note},
        "legend": legend,
        "bars": drawing,
        "height": drawing[-1].top + BAR if drawing else 0,
        "thickness": BAR,
        "start": "100%" if get_language_bidi() else "0",
        "folded": len(bars) > 12 if folded is None else folded,
    }
    return render_to_string("civic_sourcing/core/elements/chart.html", context)


def draw(bars: Sequence[Bar], words: Callable[[Number], str]) -> list[DrawnBar]:
    """
    Place every bar so that the longest keeps room for the longest number beside it.

    Where the numbers would take more than half of a narrow screen they stand above the bars.
    """
    most = max((Fraction(bar.value) for bar in bars), default=Fraction(0))
    written = [words(bar.value) for bar in bars]
    room = (max((columns(text) for text in written), default=0) * 8 + 16) / NARROWEST
    beside = room <= 0.5
    longest = 100 * (1 - room) if beside else 100.0
    drawn: list[DrawnBar] = []
    top = 0.0
    for bar, text in zip(bars, written, strict=True):
        lines = wrap(bar.label) if beside else [*wrap(bar.label), text]
        placed = [(top + LINE * index + 15, line) for index, line in enumerate(lines)]
        top += LINE * len(lines) + 3
        width = longest * float(Fraction(bar.value) / most) if most else 0.0
        end = 100 - width if get_language_bidi() else width
        drawn.append(
            DrawnBar(bar, placed, top, f"{width:.3f}%", f"{end:.3f}%", top + 12, text, beside)
        )
        top += BAR + GAP
    return drawn


def localized(value: Number) -> str:
    """Write a number as the language does, without needless decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return number_format(value, use_l10n=True, force_grouping=True)


def columns(text: str) -> int:
    """Return how wide ``text`` is, in columns: East Asian wide characters take two, marks none."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def wrap(text: str, width: int = LABEL_WIDTH, lines: int = LABEL_LINES) -> list[str]:
    """
    Break a label into at most ``lines`` lines of ``width`` columns, between words where it can.

    What does not fit ends in an ellipsis; the table has the whole label.
    """
    rest = " ".join(text.split())
    broken: list[str] = []
    while rest:
        piece = cut(rest, width)
        if len(broken) == lines - 1 and piece != rest:
            return [*broken, cut(rest, width - 1).rstrip() + "…"]
        broken.append(piece)
        rest = rest[len(piece) :].lstrip()
    return broken or [""]


def cut(text: str, width: int) -> str:
    """Return as much of the start of ``text`` as fits, ending at a word if half of it stays."""
    taken = 0
    for index, character in enumerate(text):
        taken += columns(character)
        if taken > width:
            space = text.rfind(" ", 0, index + 1)
            return text[:space] if space > index // 2 else text[:index]
    return text
