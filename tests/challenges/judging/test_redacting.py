"""Names and addresses are blacked out, whole and in every script, and nothing else is."""

import pytest

from civic_sourcing.challenges.judging.redacting import BLACKED, redacted


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("We are Team Rain.", ["Team Rain"], f"We are {BLACKED}."),
        ("we are TEAM  RAIN!", ["Team Rain"], f"we are {BLACKED}!"),
        ("Team\nRain", ["Team Rain"], BLACKED),
        ("Ann plans an annex.", ["Ann"], f"{BLACKED} plans an annex."),
        ("김민지는 제안합니다", ["김민지"], f"{BLACKED}는 제안합니다"),
        ("Write to ann.lee+x@mail.example.org.", [], f"Write to {BLACKED}."),
        ("Ann Lee and Ann", ["Ann", "Ann Lee"], f"{BLACKED} and {BLACKED}"),
        ("A plan (v2)", ["A", ""], "A plan (v2)"),
        ("C++ club", ["C++ club"], BLACKED),
        ("Jose\u0301 here", ["José"], f"{BLACKED} here"),
    ],
    ids=str,
)
def test_names_are_blacked_out(text, names, said):
    assert redacted(text, names) == said
