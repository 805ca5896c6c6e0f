"""Settings of budget votes."""

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting

SHORTEST_KEY = 32


class BudgetSettings(Settings):
    """The key of ballot secrecy, how trackers are published, the booth, objections."""

    BALLOT_KEY = setting(
        str,
        "",
        doc="Secret half of every run's key; derived from SECRET_KEY if empty.",
    )
    BULLETIN_LEAST = setting(
        int, 20, "trackers", doc="Fewest trackers published together while a vote is open."
    )
    VOTE_OBJECTION_DAYS = setting(
        int, 30, "days", doc="How long objections to a published count are heard."
    )
    BOOTH_BASE_TEMPLATE = setting(
        str,
        "",
        doc="Template of the host that the booth extends, without menus; if empty BASE_TEMPLATE.",
    )
    BOOTH_CODE_MINUTES = setting(
        int, 120, "minutes", doc="How long a voting code holds in the booth on one device."
    )
    DESK_SESSION_MINUTES = setting(
        int, 30, "minutes", doc="How long a desk lets one voter into the booth."
    )

    VOTE_OTHER_RULES = setting(
        bool,
        False,
        doc="Whether counts also say, for everybody, what other rules would have funded.",
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        if self.BALLOT_KEY and len(self.BALLOT_KEY) < SHORTEST_KEY:
            yield f"{NAME}['BALLOT_KEY'] must have at least {SHORTEST_KEY} characters."
        if self.BULLETIN_LEAST < 1:
            yield f"{NAME}['BULLETIN_LEAST'] must be at least 1, not {self.BULLETIN_LEAST!r}."
        for key in ("BOOTH_CODE_MINUTES", "DESK_SESSION_MINUTES"):
            if getattr(self, key) < 1:
                yield f"{NAME}[{key!r}] must be at least 1, not {getattr(self, key)!r}."
        if self.VOTE_OBJECTION_DAYS < 0:
            yield (
                f"{NAME}['VOTE_OBJECTION_DAYS'] must not be negative, "
                f"not {self.VOTE_OBJECTION_DAYS!r}."
            )


conf = BudgetSettings()
