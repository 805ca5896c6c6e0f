"""Settings of challenges."""

from civic_sourcing.core.conf import Settings, setting


class ChallengeSettings(Settings):
    """Sums are in major units (dollars, won), by currency."""

    CHALLENGE_LEAST_READABILITY = setting(
        int,
        30,
        "points of 100",
        doc="Score a problem statement needs before its challenge is published; 0 asks for none.",
    )
    CHALLENGE_CURRENCY = setting(
        str, "EUR", "ISO 4217 code", doc="Currency of the prizes until somebody says another one."
    )
    CHALLENGE_APPROVALS = setting(
        dict[str, list[int]],
        {"USD": [1_000_000], "EUR": [100_000], "KRW": [100_000_000]},
        "major units by currency",
        doc="Sums above which somebody named has to approve the prize money, each by itself.",
    )
    CHALLENGE_NOTICE_ABOVE = setting(
        dict[str, int],
        {"USD": 50_000_000},
        "major units by currency",
        doc="Sum above which the approvals have to be a while old before it is published.",
    )
    CHALLENGE_NOTICE_DAYS = setting(
        int, 30, "days", doc="How old the approvals have to be for sums above that."
    )
    CHALLENGE_DRAFT_DAYS = setting(
        int,
        30,
        "days",
        doc="How long a draft of an entry is kept that was not handed in when its phase closed.",
    )
    CHALLENGE_YEAR_STARTS = setting(
        int,
        1,
        "month",
        doc="Month with which the year of the public numbers begins; a later one ends in FYnn.",
    )


conf = ChallengeSettings()
