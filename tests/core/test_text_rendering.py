from html.parser import HTMLParser
from time import process_time

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.text import render

REL = 'rel="nofollow ugc noopener noreferrer"'
PIECES = st.sampled_from(
    [
        *("http://", "https://a.kr/", "www.a.kr", "www.", "javascript:", "xn--", "://", "<script>"),
        *("&amp;", "&lt;", "&copy=", "\n\n", "\U000e0002", "\U000e0003", *"./?&<>\"'()\na한é@:# "),
    ]
)


class Reading(HTMLParser):
    """What a browser makes of rendered text: its elements, attributes and words."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag in ("p", "br"):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str | None]:
        return [value for name, value in self.attributes if name == "href"]


def links_in(text: str) -> list[str | None]:
    return Reading(render(text)).links


def test_blank_line_makes_a_paragraph_and_line_end_a_break():
    assert render("One\ntwo\n\nThree") == "<p>One<br>two</p><p>Three</p>"


def test_markup_is_shown_as_it_was_typed():
    assert render("<b onclick='x'>&amp;") == "<p>&lt;b onclick='x'&gt;&amp;amp;</p>"


def test_result_is_safe_to_put_in_a_template():
    assert isinstance(render("a"), SafeString)


def test_link_passes_on_neither_rank_nor_referrer():
    assert render("https://neulbom.kr/a?b=1&c=2") == (
        f'<p><a href="https://neulbom.kr/a?b=1&amp;c=2" {REL}>https://neulbom.kr/a?b=1&amp;c=2</a></p>'
    )


@pytest.mark.parametrize(
    ("text", "href"),
    [
        pytest.param("www.neulbom.kr", "https://www.neulbom.kr", id="www"),
        pytest.param(
            "https://neulbom.kr에서", "https://neulbom.kr", id="Korean particle after host"
        ),
        pytest.param("https://a.kr/ideas를", "https://a.kr/ideas", id="Korean particle after path"),
        pytest.param("https://a.kr/늘봄", "https://a.kr/%EB%8A%98%EB%B4%84", id="Korean path"),
        pytest.param("http://늘봄.kr/", "http://xn--wh1br1r.kr/", id="Korean host"),
        pytest.param("(https://a.kr/x).", "https://a.kr/x", id="in parentheses"),
        pytest.param("https://a.kr/x_(y)", "https://a.kr/x_(y)", id="parentheses inside"),
        pytest.param("“https://a.kr/x”", "https://a.kr/x", id="in quotes"),
        pytest.param("https://a.kr/x?!", "https://a.kr/x", id="punctuation"),
        pytest.param("https://a.kr:8000/x", "https://a.kr:8000/x", id="port"),
        pytest.param("http://a.kr/?x=1&copy=2", "http://a.kr/?x=1&copy=2", id="no entity"),
        pytest.param("http://a.kr/&lt;b", "http://a.kr/&lt;b", id="typed entity"),
        pytest.param("http://a.kr/<b>", "http://a.kr/", id="ends before markup"),
    ],
)
def test_web_address_becomes_a_link(text, href):
    assert links_in(text) == [href]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://a.kr/%0aalert(1)",
        "data:text/html,x",
        "ftp://a.kr/",
        "mayor@neulbom.kr",
        "mailto:mayor@neulbom.kr",
        "done.It was fine",
        "http://bank.kr@evil.kr/",
        "http://bank.kr:80@evil.kr/",
        "http://localhost/",
        "http://a..kr/",
        "https://a.kr:99999/",
        "https://" + "a" * 64 + ".kr/",
        "https://" + "a." * 200 + "kr/",
        "https://a.kr/" + "x" * 2000,
    ],
    ids=lambda text: text[:40],
)
def test_anything_else_stays_text(text):
    assert links_in(text) == []


def test_host_that_imitates_another_is_shown_in_ascii():
    rendered = render("http://аррӏе.com/")

    assert "аррӏе" not in rendered
    assert ">http://xn--80ak6aa92e.com/</a>" in rendered


def test_host_in_hangul_is_shown_as_typed():
    assert ">http://늘봄.kr/</a>" in render("http://늘봄.kr/")


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_rendered_text_holds_paragraphs_breaks_and_web_links_only(text):
    reading = Reading(render(text))

    assert reading.tags <= {"p", "br", "a"}
    assert {name for name, _ in reading.attributes} <= {"href", "rel"}
    assert all(link and link.startswith(("http://", "https://", "HTTP")) for link in reading.links)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_rendering_loses_and_adds_no_word(text):
    shown = Reading(render(text)).text

    assert shown.replace("\U000e0002", "").replace("\U000e0003", "").split() == (
        text.replace("\U000e0002", "").replace("\U000e0003", "").split()
    )


@pytest.mark.parametrize(
    "piece",
    [
        "http://",
        "(",
        "a.",
        "www.",
        "www.a ",
        "http://a.kr ",
        "http://a.k/",
        "http://a.kr/!",
        "http://a@",
        "http://a.kr:",
        "http://a.kr:1@",
        "<",
        "&",
        "\n",
        "a\n\n",
        "http://a.b-",
        "https://a.kr?(",
    ],
)
@pytest.mark.parametrize("before", ["", "http://", "http://a.kr/"])
def test_evil_text_is_rendered_in_no_time(before, piece):
    text = (before + piece * 10_000)[:10_000]
    start = process_time()

    render(text)

    # 50 ms each on a quiet machine; the slowest takes 15 ms there, a quadratic one seconds.
    assert process_time() - start < 0.05 * 4
