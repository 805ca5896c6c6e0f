"""What counting has to say about an election file, in the active language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.budgets.counting import Finding, PabulibError

SENTENCES: dict[str, str | Promise] = {
    "encoding": gettext_lazy("is not UTF-8 text"),
    "nul": gettext_lazy("holds a NUL byte"),
    "empty": gettext_lazy("the file is empty"),
    "section-missing": gettext_lazy("the section %(section)s is missing"),
    "section-expected": gettext_lazy("expected the section %(section)s, not %(value)s"),
    "header-missing": gettext_lazy("the section %(section)s has no header line"),
    "column-missing": gettext_lazy("the header lacks the column; it has %(columns)s"),
    "column-twice": gettext_lazy("the header names the column twice"),
    "columns-unnamed": gettext_lazy("the header has more than one column without a name"),
    "delimiter": gettext_lazy("fields are separated by %(found)s, the format wants “;”"),
    "fields": gettext_lazy("the row has %(found)s fields, the header has %(wanted)s"),
    "quote": gettext_lazy("the quotation marks do not fit together: %(detail)s"),
    "key-twice": gettext_lazy("the key occurs twice, first on line %(first)s"),
    "key-missing": gettext_lazy("the key is missing in META"),
    "number": gettext_lazy(
        "expected digits with an optional decimal part, such as 1250 or 1250.50, not %(value)s"
    ),
    "negative": gettext_lazy("must not be negative: %(value)s"),
    "whole-number": gettext_lazy("expected a whole number, not %(value)s"),
    "vote-type": gettext_lazy("expected one of %(known)s, not %(value)s"),
    "scoring": gettext_lazy(
        "only Borda points (L, L − 1, … on a ballot of L) are counted, not %(value)s"
    ),
    "default-score": gettext_lazy(
        "points for projects a ballot does not name are not counted: %(value)s"
    ),
    "value-missing": gettext_lazy("must not be empty"),
    "project-comma": gettext_lazy("must not hold a comma, ballots could not name it: %(value)s"),
    "project-twice": gettext_lazy("the project %(value)s was already on line %(first)s"),
    "project-unknown": gettext_lazy("names the project %(value)s, which PROJECTS does not have"),
    "project-repeated": gettext_lazy("names the project %(value)s more than once"),
    "projects-none": gettext_lazy("there is not a single project"),
    "voter-twice": gettext_lazy("the voter %(value)s was already on line %(first)s"),
    "one-choice": gettext_lazy("names %(found)s projects, a single choice allows one"),
    "points-parallel": gettext_lazy("has %(found)s points for %(wanted)s projects"),
    "rows": gettext_lazy("META announces %(wanted)s, the section %(section)s has %(found)s"),
    "rule-missing": gettext_lazy("the file names no rule"),
    "rule-unknown": gettext_lazy("the rule %(value)s is not one of those counted here (%(known)s)"),
    "rule-custom": gettext_lazy(
        "the file calls its rule %(value)s and its comment does not say which it is"
    ),
    "threshold-missing": gettext_lazy("the rule %(value)s needs a threshold, but META has none"),
    "rows-unannounced": gettext_lazy("META does not say how many rows %(section)s has"),
    "length": gettext_lazy(
        "%(ballots)s of the ballots name %(found)s projects where META allows %(bound)s %(allowed)s"
    ),
    "sum-points": gettext_lazy(
        "%(ballots)s of the ballots give %(found)s points where META allows %(bound)s %(allowed)s"
    ),
    "sum-cost": gettext_lazy(
        "%(ballots)s of the ballots name projects for %(found)s where META allows %(bound)s "
        "%(allowed)s"
    ),
    "ungrouped": gettext_lazy(
        "%(ballots)s of the ballots belong to no group of the rules and give no points"
    ),
    "exclusive": gettext_lazy(
        "the file does not say which projects exclude each other; counted as plain greedy"
    ),
}
"""Sentence for each code of ``counting.SENTENCES``; a test holds the two tables together."""

WORDS: dict[str, str | Promise] = {
    "at least": gettext_lazy("at least"),
    "at most": gettext_lazy("at most"),
    "bars": gettext_lazy("bars"),
    "commas": gettext_lazy("commas"),
    "tabs": gettext_lazy("tabs"),
}
"""The words counting fills into its sentences; everything else there is a number or quoted."""


def sentence(finding: Finding | PabulibError) -> str:
    """Return place and message of ``finding`` as one sentence in the active language."""
    message = str(SENTENCES.get(finding.code, finding.message))
    if finding.code in SENTENCES and finding.context:
        message %= {name: WORDS.get(str(v), v) for name, v in finding.context.items()}
    if not finding.line:
        return message
    return _("Line %(line)d, field “%(field)s”: %(message)s.") % {
        "line": finding.line,
        "field": finding.field,
        "message": message,
    }
