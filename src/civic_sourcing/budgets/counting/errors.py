"""What can be wrong with an election file: stable codes, plain sentences, the place in the file."""

from dataclasses import dataclass

SENTENCES = {
    "encoding": "is not UTF-8 text",
    "nul": "holds a NUL byte",
    "empty": "the file is empty",
    "section-missing": "the section {section} is missing",
    "section-expected": "expected the section {section}, not {value}",
    "header-missing": "the section {section} has no header line",
    "column-missing": "the header lacks the column; it has {columns}",
    "column-twice": "the header names the column twice",
    "columns-unnamed": "the header has more than one column without a name",
    "delimiter": "fields are separated by {found}, the format wants semicolons",
    "fields": "the row has {found} fields, the header has {wanted}",
    "quote": "the quotation marks do not fit together: {detail}",
    "key-twice": "the key occurs twice, first on line {first}",
    "key-missing": "the key is missing in META",
    "number": "expected digits with an optional decimal part, such as 1250 or 1250.50, not {value}",
    "negative": "must not be negative: {value}",
    "whole-number": "expected a whole number, not {value}",
    "vote-type": "expected one of {known}, not {value}",
    "scoring": "only Borda points (L, L − 1, … on a ballot of L) are counted, not {value}",
    "default-score": "points for projects a ballot does not name are not counted: {value}",
    "value-missing": "must not be empty",
    "project-comma": "must not hold a comma, ballots could not name it: {value}",
    "project-twice": "the project {value} was already on line {first}",
    "project-unknown": "names the project {value}, which PROJECTS does not have",
    "project-repeated": "names the project {value} more than once",
    "projects-none": "there is not a single project",
    "voter-twice": "the voter {value} was already on line {first}",
    "one-choice": "names {found} projects, a single choice allows one",
    "points-parallel": "has {found} points for {wanted} projects",
    "rows": "META announces {wanted}, the section {section} has {found}",
    "rule-missing": "the file names no rule; name one yourself",
    "rule-unknown": "the rule {value} is not one of those counted here ({known})",
    "rule-custom": "the file calls its rule {value} and its comment does not say which it is",
    "threshold-missing": "the rule {value} needs a threshold, but META has none",
    "rows-unannounced": "META does not say how many rows {section} has",
    "length": "{ballots} of the ballots name {found} projects where META allows {bound} {allowed}",
    "sum-points": (
        "{ballots} of the ballots give {found} points where META allows {bound} {allowed}"
    ),
    "sum-cost": (
        "{ballots} of the ballots name projects for {found} where META allows {bound} {allowed}"
    ),
    "exclusive": "the file does not say which projects exclude each other; counted as plain greedy",
    "ungrouped": "{ballots} of the ballots belong to no group of the rules and give no points",
}
"""
Sentence for each code, with placeholders. A translating layer keeps a table of its own with the
same codes and placeholders, and fills it from ``Finding.context``.
"""

_LONGEST = 60


def shown(value: str) -> str:
    """Quote ``value`` for a one-line message: no control characters, 60 characters at most."""
    text = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return f"“{printable(text)}”"


def printable(text: str) -> str:
    """``text`` without control and format characters, which could rewrite a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something noteworthy at a place of an election file, as an error or as a warning.

    ``line`` counts from 1 (0: the election did not come from a file), ``field`` is a column, a META
    key or a section, ``code`` a key of ``SENTENCES``, ``context`` the values of its placeholders.
    """

    line: int
    field: str
    code: str
    context: dict[str, str | int]

    @property
    def message(self) -> str:
        """The sentence in English, without the place."""
        return SENTENCES[self.code].format(**self.context)

    def __str__(self) -> str:
        return f'line {self.line}, field "{self.field}": {self.message}'


class PabulibError(ValueError):
    """
    An election file that cannot be read, or not counted as it asks for.

    Carries ``line``, ``field``, ``code``, ``context`` and the English ``message`` of its finding.
    """

    def __init__(self, line: int, field: str, code: str, **context: str | int) -> None:
        self.finding = Finding(line, printable(field[:_LONGEST]), code, context)
        super().__init__(str(self.finding))

    @property
    def line(self) -> int:
        return self.finding.line

    @property
    def field(self) -> str:
        return self.finding.field

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def context(self) -> dict[str, str | int]:
        return self.finding.context

    @property
    def message(self) -> str:
        return self.finding.message
