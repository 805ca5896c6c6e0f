"""The META section of an election file: keys, values and on which lines they stand."""

from .amounts import Amount, parse_amount
from .errors import PabulibError, shown
from .model import VoteType


class Meta:
    """
    META as text, read key by key.

    ``values`` and ``lines`` are keyed as the file is. An empty value counts as a missing key.
    Whatever a value should be and is not is a ``PabulibError`` with its line and key.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.lines: dict[str, int] = {}

    def add(self, line: int, fields: list[str]) -> None:
        """Add a row. A value holding unquoted semicolons is read whole."""
        key = fields[0].strip()
        name = key[:60] or "key"
        if len(fields) < 2:
            raise PabulibError(line, name, "fields", found=1, wanted=2)
        if key in self.values:
            raise PabulibError(line, name, "key-twice", first=self.lines[key])
        self.values[key] = ";".join(fields[1:]).strip()
        self.lines[key] = line

    def required(self, key: str) -> str:
        """The value of ``key``; an error on the last line of META if it is missing."""
        value = self.values.get(key)
        if not value:
            line = self.lines.get(key) or max(self.lines.values(), default=2)
            raise PabulibError(line, key, "key-missing")
        return value

    def amount(self, key: str, *, signed: bool = False) -> Amount | None:
        """The value of ``key`` as an exact number, ``None`` if the key is missing."""
        value = self.values.get(key)
        if not value:
            return None
        try:
            return parse_amount(value, signed=signed)
        except ValueError as error:
            code, quoted = error.args
            raise PabulibError(self.lines[key], key, code, value=quoted) from None

    def budget(self) -> Amount:
        """The budget, which every file must have."""
        self.required("budget")
        return self.amount("budget") or 0

    def vote_type(self) -> VoteType:
        """How ballots are filled in. Refuses options of the format that would change the scores."""
        value = self.required("vote_type").lower()
        if value not in set(VoteType):
            known = ", ".join(VoteType)
            raise PabulibError(
                self.lines["vote_type"], "vote_type", "vote-type", value=shown(value), known=known
            )
        function = self.values.get("scoring_fn", "").lower()
        if function not in ("", "borda"):
            line = self.lines["scoring_fn"]
            raise PabulibError(line, "scoring_fn", "scoring", value=shown(function))
        if self.amount("default_score", signed=True):
            line, default = self.lines["default_score"], self.values["default_score"]
            raise PabulibError(line, "default_score", "default-score", value=shown(default))
        return VoteType(value)

    def check_rows(self, key: str, section: str, found: int) -> None:
        """Compare the number of rows of ``section`` with what ``key`` announces, if it does."""
        wanted = self.amount(key)
        if wanted is not None and wanted != found:
            announced = shown(self.values[key])
            raise PabulibError(
                self.lines[key], key, "rows", wanted=announced, section=section, found=found
            )
