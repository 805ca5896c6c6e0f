import pytest
from django.template import engines
from django.utils.html import format_html
from django.utils.safestring import SafeString

from civic_sourcing.core.page_slots import forget_slot, register_slot


def show(name, **context):
    source = "{% load civic %}<main>{% page_slot '" + name + "' page %}</main>"
    return engines["django"].from_string(source).render(context)


@pytest.fixture
def fill():
    """Register providers that are taken back at the end."""
    taken = []

    def register(provider, **options):
        register_slot("margin", provider, **options)
        taken.append(provider)

    yield register
    for provider in taken:
        forget_slot("margin", provider)


def test_place_nobody_fills_stays_empty():
    assert show("nowhere", page="a page") == "<main></main>"


def test_provider_sees_the_page_and_what_is_around_it(fill):
    fill(lambda context, subject: format_html("<p>{} {}</p>", context["mood"], subject))

    assert show("margin", page="<a page>", mood="kind") == "<main><p>kind &lt;a page&gt;</p></main>"


def test_lower_order_stands_first_and_equal_ones_as_they_came(fill):
    for words, order in (("c", 1), ("a", -1), ("b", 0), ("d", 1)):
        fill(lambda context, subject, words=words: SafeString(words), order=order)

    assert show("margin", page=None) == "<main>abcd</main>"


def test_provider_registered_twice_speaks_once(fill):
    def say(context, subject):
        return SafeString("once")

    fill(say)
    fill(say, order=5)

    assert show("margin", page=None) == "<main>once</main>"
