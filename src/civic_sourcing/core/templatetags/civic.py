"""
The elements every page of civic_sourcing is built from.

``{% load civic %}`` and then, for any template in ``civic_sourcing/core/elements/``::

    {% element "card" title=idea.title href=idea.url %}
      {{ idea.summary }}
      {% slot "footer" %}{% element "badge" label=idea.stage %}{% endelement %}{% endslot %}
    {% endelement %}

An element sees its arguments, ``content`` (what stands between the tags), ``slots`` (by name),
``request`` and ``csrf_token``, and nothing else of the page around it. A host overrides an element
by putting a template of the same path in front of ours.

The tags share their names with django-allauth's, so load one of the two libraries per template.
"""

import re
from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.context_processors import csrf
from django.utils.safestring import SafeData, SafeString, mark_safe

from civic_sourcing.core.controls import Control
from civic_sourcing.core.page_slots import fill_slot

register = template.Library()

FOLDER = "civic_sourcing/core/elements"
SLOTS = "civic_slots"
SHAPES = "civic_shapes"
DRAWING = "icon"
ALIKE = frozenset({"badge"})
DRAWN = "civic_drawn"
BUILTINS = {"True": True, "False": False, "None": None}
PASSED_ON = ("request", "csrf_token", "user")
NOT_LEFT_OUT = frozenset({*PASSED_ON, "True", "False", "None", "forloop"})
TAG = re.compile(r"{[{%](.*?)[%}]}")
NAME = re.compile(r"\b[a-z_]+\b", re.IGNORECASE)


class Slots(dict[str, SafeString]):
    """The parts handed to an element by name; one that was not handed over is empty."""

    def __missing__(self, name: str) -> str:
        return ""


class ElementNode(template.Node):
    def __init__(
        self, name: FilterExpression, arguments: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.arguments = arguments
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        name = self.name.resolve(context)
        shape = shape_of(context, name)
        if name == DRAWING:
            return drawing(shape, context, self.arguments["name"].resolve(context))
        given = {key: value.resolve(context) for key, value in self.arguments.items()}
        if name in ALIKE and not self.nodelist:
            return alike(shape, context, given)
        return self.rendered(shape, context, given)

    def rendered(
        self, shape: template.Template, context: Context, given: dict[str, Any]
    ) -> SafeString:
        slots = Slots()
        content = ""
        if self.nodelist:
            with context.push(**{SLOTS: slots}):
                content = self.nodelist.render(context).strip()
        values = {**left_out(shape), **passed_on(context), **given}
        values["content"] = mark_safe(content)  # noqa: S308
        values["slots"] = slots
        return alone(shape, context, values)


def alike(shape: template.Template, context: Context, given: dict[str, Any]) -> SafeString:
    """Return an element that looks alike wherever its arguments are: each is drawn once a page."""
    page: Any = context.render_context.dicts[0]
    drawn: dict[Any, SafeString] = page.setdefault(DRAWN, {})
    facts = ((name, str(value), isinstance(value, SafeData)) for name, value in given.items())
    key = shape.name, *facts
    if key not in drawn:
        values = {**left_out(shape), **passed_on(context), **given, "content": ""}
        drawn[key] = alone(shape, context, {**values, "slots": Slots()})
    return drawn[key]


def alone(shape: template.Template, context: Context, values: dict[str, Any]) -> SafeString:
    """Render an element with ``values`` only, as ``context.new`` would without copying it."""
    around, context.dicts = context.dicts, [BUILTINS, values]
    try:
        return shape.render(context)
    finally:
        context.dicts = around


def shape_of(context: Context, name: str) -> template.Template:
    """Return the template of an element, looked up once in a page."""
    page: Any = context.render_context.dicts[0]
    shapes: dict[str, template.Template] = page.setdefault(SHAPES, {})
    if name not in shapes:
        engine = context.template.engine  # type: ignore[union-attr]
        shapes[name] = engine.get_template(f"{FOLDER}/{name}.html")
    return shapes[name]


def drawing(shape: template.Template, context: Context, name: str) -> SafeString:
    """Return an icon, which looks alike wherever it stands: each is drawn once."""
    drawn: dict[str, SafeString] | None = getattr(shape, "civic_drawn", None)
    if drawn is None:
        drawn = shape.civic_drawn = {}  # type: ignore[attr-defined]
    if name not in drawn:
        drawn[name] = shape.render(context.new({"name": name}))
    return drawn[name]


def left_out(shape: template.Template) -> dict[str, str]:
    """
    Return an empty value for every name ``shape`` may ask for, in case no argument has it.

    Most arguments of an element are left out, and Django takes three exceptions to find out that a
    variable is missing: half the time of a page with hundreds of elements.
    """
    known: dict[str, str] | None = getattr(shape, "civic_left_out", None)
    if known is None:
        names = {name for tag in TAG.findall(shape.source) for name in NAME.findall(tag)}
        known = shape.civic_left_out = dict.fromkeys(names - NOT_LEFT_OUT, "")
    return known


def passed_on(context: Context) -> dict[str, Any]:
    """
    Return what every element sees of the page around it.

    An include with ``only`` has lost it; the context still knows its request, so that a form in
    there is sent with its token all the same.
    """
    values: dict[str, Any] = {}
    for layer in context.dicts:
        for key in PASSED_ON:
            if key in layer:
                values[key] = layer[key]
    request = getattr(context, "request", None)
    if request is not None and "csrf_token" not in values:
        user = {"user": request.user} if hasattr(request, "user") else {}
        values = {"request": request, **user, **csrf(request), **values}
    return values


class SlotNode(template.Node):
    def __init__(self, name: FilterExpression, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        slots = context.get(SLOTS)
        if slots is None:
            raise template.TemplateSyntaxError("A slot must stand inside an element.")
        slots[self.name.resolve(context)] = mark_safe(  # noqa: S308
            self.nodelist.render(context).strip()
        )
        return ""


@register.tag
def element(parser: Parser, token: Token) -> ElementNode:
    """Render the element named first with the keyword arguments that follow."""
    name, bits = first_argument(token)
    arguments = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(
            f"Element {name} takes arguments as name=value, not {bits[0]!r}."
        )
    nodelist = parser.parse(("endelement",))
    parser.delete_first_token()
    return ElementNode(parser.compile_filter(name), arguments, nodelist)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """Hand what stands between the tags to the element around it, under a name."""
    name, bits = first_argument(token)
    if bits:
        raise template.TemplateSyntaxError(f"Slot {name} takes only its name, not {bits[0]!r}.")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(parser.compile_filter(name), nodelist)


@register.simple_tag(takes_context=True)
def page_slot(context: Context, name: str, subject: Any) -> SafeString:
    """Show what other rooms have to say about ``subject`` here; nothing where there are none."""
    return fill_slot(name, context, subject)


def first_argument(token: Token) -> tuple[str, list[str]]:
    """Split a tag into its first argument and the rest; an element without a name is an error."""
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{tag} needs a name first, such as {tag} “card”.")
    return bits[0], bits[1:]


@register.simple_tag
def control(field: forms.BoundField, *, hint: str = "", counter: bool | str = "") -> Control:
    """Describe a form field for the element that shows it: kind, ids, errors, widget."""
    return Control(field, hint=hint, counter=counter)


@register.filter
def controls(form: forms.BaseForm) -> Iterable[Control]:
    """Return the visible fields of ``form``, each described as by ``control``."""
    return [Control(field) for field in form.visible_fields()]


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """Return the page numbers worth a link, with an ellipsis for the ones left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int, parameter: str = "", keep: str = "") -> str:
    """
    Return this page's query with another page number; all other parameters stay.

    ``keep`` is a query to go by instead of this page's.
    """
    name = parameter or "page"
    if keep and f"{name}=" not in keep:
        kept = keep.removeprefix("?")
        return f"?{kept}{'&' if kept else ''}{name}={number}"
    if keep:
        query = QueryDict(keep.removeprefix("?"), mutable=True)
    else:
        query = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)
    query[name] = str(number)
    return f"?{query.urlencode()}"
