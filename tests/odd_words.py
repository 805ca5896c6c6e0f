"""What nobody should send and somebody does, for fields and addresses."""

from hypothesis import strategies as st

NASTY = [
    "",
    " ",
    "\x00",
    "\u200b\u202e",
    "-1",
    "0",
    "9" * 300,
    "9" * 5000,
    "9223372036854775808",
    "1e999",
    "NaN",
    "inf,inf,inf,inf",
    "-180,-85,540,85",
    "179.9,-1,180.1,1",
    "91, 181",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31 23:59",
    "2026-02-30",
    "author__password",
    "../../etc/passwd",
    "https://elsewhere.example/",
    "=1+1",
    "%s %(x)s {0} {x}",
    "<script>alert(1)</script>",
    "e" + "\u0301" * 300,
    "주차장를 3동",
    "👩‍👩‍👧‍👦" * 40,
    "00000000-0000-0000-0000-000000000000",
    "all",
    "true",
]

odd_words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


def fields(*names, most=None):
    """Some of ``names`` with odd words in them, as a form or the query of an address has them."""
    return st.dictionaries(st.sampled_from(names), odd_words, max_size=most or len(names))
