"""Which ideas have the words somebody looks for."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Replace

from civic_sourcing.ideas.models import IdeaText
from civic_sourcing.ideas.search.folding import Term, terms_of
from civic_sourcing.ideas.search.index import HasPieces

WITHOUT_SPACES = Replace(F("words"), Value(" "), Value(""), output_field=TextField())


def found(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """
    Narrow ``rows`` (with a ``contribution``) to ideas that have every word of ``query``.

    A query without words narrows nothing.
    """
    terms = terms_of(query)
    if not terms:
        return rows
    texts = IdeaText.objects.order_by()
    for term in terms:
        texts = texts.filter(reduce(or_, (_with_pieces(term, stem) for stem in term.stems)))
    if any(term.across for term in terms):
        texts = texts.alias(together=WITHOUT_SPACES)
    for term in terms:
        texts = texts.filter(reduce(or_, (_has(term, stem) for stem in term.stems)))
    return rows.filter(contribution__in=texts.values("contribution"))


def title_first(query: str) -> Case:
    """An expression over rows with a ``contribution``: 0 for all words in the title, else 1."""
    every = Q()
    for term in terms_of(query):
        every &= reduce(or_, (_in_title(term, stem) for stem in term.stems))
    if not every:
        return Case(default=Value(0), output_field=IntegerField())
    return Case(When(every, then=0), default=1, output_field=IntegerField())


def _with_pieces(term: Term, stem: str) -> Q:
    pieces = term.pieces(stem)
    return Q(HasPieces(pieces)) if pieces else Q(words__contains="")


def _has(term: Term, stem: str) -> Q:
    if term.across:
        return Q(words__contains=stem) | Q(together__contains=stem)
    return Q(words__contains=term.pattern(stem))


def _in_title(term: Term, stem: str) -> Q:
    return Q(contribution__idea_text__title__contains=term.pattern(stem))
