"""The drawing of a family, and the same as a nested list."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution.family.layout import BOX_HEIGHT, BOX_WIDTH, lay_out
from civic_sourcing.attribution.family.queries import Tie
from civic_sourcing.attribution.family.tree import Family, Member, nearest
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import derive


@st.composite
def families(draw):
    """Nodes 0…n-1 and ties that only lead to higher numbers: never a circle."""
    number = draw(st.integers(1, 12))
    pairs = [(a, b) for b in range(number) for a in range(b)]
    ties = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return list(range(number)), ties


@given(families())
def test_boxes_never_overlap(family):
    boxes = list(lay_out(*family).boxes.values())

    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            beside = abs(one.x - other.x) >= BOX_WIDTH
            assert beside or abs(one.y - other.y) >= BOX_HEIGHT


@given(families())
def test_every_arrow_leads_to_the_right(family):
    for arrow in lay_out(*family).arrows:
        xs = [x for x, _y in arrow.points]
        assert xs == sorted(xs)
        assert xs[0] < xs[-1]


@given(families())
def test_arrows_pass_beside_boxes(family):
    layout = lay_out(*family)

    for arrow in layout.arrows:
        for x, y in arrow.points[1:-1]:
            inside = [
                box
                for box in layout.boxes.values()
                if box.x <= x <= box.end and box.y < y < box.y + box.height
            ]
            assert not inside


@given(families())
def test_everything_is_inside_the_drawing(family):
    layout = lay_out(*family)

    for box in layout.boxes.values():
        assert box.x >= 0
        assert box.end <= layout.width
        assert box.y >= 0
        assert box.y + box.height <= layout.height


@given(families())
def test_same_family_gives_the_same_drawing(family):
    assert lay_out(*family) == lay_out(*family)


def test_circle_is_not_drawn():
    with pytest.raises(ValueError, match="cycle"):
        lay_out([1, 2], [(1, 2), (2, 1)])


def test_nothing_is_drawn_of_nothing():
    assert lay_out([], []).boxes == {}


@given(families())
def test_list_names_every_member_and_every_tie(family):
    nodes, pairs = family
    members = {node: Member(node, is_public=True, is_asked=False) for node in nodes}
    ties = [Tie(index, *pair, "merges") for index, pair in enumerate(pairs)]

    steps = Family(0, members, ties).outline()

    assert {step.member.key for step in steps} == set(nodes)
    assert len([step for step in steps if step.label]) == len(pairs)
    assert sum(step.opens for step in steps) == sum(len(step.closes) for step in steps)


@given(families(), st.integers(1, 12))
def test_nearest_are_kept_of_a_large_family(family, most):
    nodes, pairs = family
    ties = [Tie(index, *pair, "merges") for index, pair in enumerate(pairs)]

    kept = nearest(nodes[0], ties, most)

    assert nodes[0] in kept
    assert len(kept) <= most


class Balance(HTMLParser):
    """Fails where a list or an item is closed that was not opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "li"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in ("ul", "li"):
            assert self.open.pop() == tag


@pytest.fixture
def page_of(client):
    def get(contribution):
        url = reverse("civic_attribution:credits", args=[contribution.uuid])
        return client.get(url).content.decode()

    return get


def test_family_is_drawn_and_listed(page_of, contribution, merged):
    html = page_of(contribution)

    balance = Balance()
    balance.feed(html)
    assert not balance.open
    assert html.count("civic-family-box") == 3
    assert html.count("civic-family-tie") == 2
    assert "merged into" in html


def test_drawing_has_no_styles_or_scripts_of_its_own(page_of, merged):
    svg = re.search(r'<svg class="civic-family.*?</svg>', page_of(merged), re.DOTALL)[0]

    assert "style=" not in svg
    assert "<script" not in svg


def test_hidden_original_has_no_words_in_the_family(page_of, shade, merged):
    shade.state = "hidden"
    shade.save()

    html = page_of(merged)

    assert "A contribution that is not public" in html
    assert "Shade<" not in html
    assert "neighbour" not in html


def test_contribution_without_relatives_says_so(page_of, contribution):
    assert "made of nothing else" in page_of(contribution)


def test_words_of_citizens_are_escaped_in_the_drawing(page_of, receive, contribution):
    target = receive("<script>alert(1)</script>")
    derive(contribution, target)

    assert "<script>alert" not in page_of(target)
