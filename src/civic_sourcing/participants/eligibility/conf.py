"""Settings about who may take part: offices, objections, codes, registers."""

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting

SHORTEST_KEY = 32


class EligibilitySettings(Settings):
    """Keys of verifiers, codes, registers and objections."""

    OFFICE: setting[str | dict[str, str]] = setting(
        str | dict,
        "",
        doc="The office refusals name, or {language code: words}; a process may name its own.",
    )
    OBJECTION_DAYS = setting(int, 14, "days", doc="How long the office may take to answer.")
    CODE_KEY = setting(
        str,
        "",
        doc="Secret key of the hashes of codes and registers; derived from SECRET_KEY if empty.",
    )
    CODE_BATCH_MOST = setting(int, 20_000, "codes", doc="Most codes made and printed in one go.")
    REGISTER_MAX_BYTES = setting(
        int, 20_000_000, "bytes", doc="Largest register file; it is read in memory only."
    )
    EMAIL_CONFIRMED = setting(
        str,
        "",
        doc=(
            "Dotted path of function(user) -> bool that says whether the e-mail address is "
            "confirmed; without it django-allauth is asked where it is installed."
        ),
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for key in ("OBJECTION_DAYS", "CODE_BATCH_MOST", "REGISTER_MAX_BYTES"):
            if getattr(self, key) < 1:
                yield f"{NAME}[{key!r}] must be at least 1, not {getattr(self, key)!r}."
        if self.CODE_KEY and len(self.CODE_KEY) < SHORTEST_KEY:
            yield f"{NAME}['CODE_KEY'] must have at least {SHORTEST_KEY} characters."


conf = EligibilitySettings()
