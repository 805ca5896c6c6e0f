"""
Figures about moderation that a town may publish: counted, and with small cells left out.

Imports no Django. ``freeze(facts, period, forums)`` counts what happened in a period, decides which
cells may be shown, and returns a document that no longer changes. What a cell hides can be computed
neither from the other cells nor from figures published before.
"""

from .counting import ALL, DIMENSIONS, TABLES, Automation, Fact, Facts, cell_counts, cells_of
from .freezing import Figures, Publication, freeze
from .periods import PARTS, Period, Quarter, quarter_of
from .suppression import LEAST, protects, suppress
from .times import Spread, spread_of

__all__ = [
    "ALL",
    "DIMENSIONS",
    "LEAST",
    "PARTS",
    "TABLES",
    "Automation",
    "Fact",
    "Facts",
    "Figures",
    "Period",
    "Publication",
    "Quarter",
    "Spread",
    "cell_counts",
    "cells_of",
    "freeze",
    "protects",
    "quarter_of",
    "spread_of",
    "suppress",
]
