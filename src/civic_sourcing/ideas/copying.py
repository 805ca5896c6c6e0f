"""What a copied forum takes along: its rules, its form, what it sorts by. Nothing people did."""

from __future__ import annotations

from civic_sourcing.core import clock
from civic_sourcing.ideas.actions.form_setup import FIELDS, Question, SetIdeaForm
from civic_sourcing.ideas.actions.places import PlaceNamed, SetPlaces
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import (
    Category,
    District,
    FormQuestion,
    FormSetup,
    ForumRules,
    ThresholdRule,
)
from civic_sourcing.processes.models import Process

BY_ITSELF = frozenset({"id", "process", "answer_on"})
"""Columns of the rules that are not simply taken along."""


def take_rules_along(source: Process, process: Process) -> None:
    """
    Give ``process`` the rules and thresholds of ``source``, each threshold as one of its own.

    Thresholds hold from now on, or from the day to come they were meant for; ended ones stay
    behind, and so does a day for the answer that has passed.
    """
    now = clock.now()
    rules = ForumRules.objects.filter(process=source).first()
    rows = ThresholdRule.objects.of(source).exclude(valid_to__lte=now)
    thresholds = [
        Threshold(
            number=row.number,
            event=row.event,
            measure=row.measure,
            days=row.days,
            answer_days=row.answer_days,
            valid_from=row.valid_from if row.valid_from > now else None,
            valid_to=row.valid_to,
            note=row.note,
        )
        for row in rows.order_by("pk")
    ]
    if rules is None and not thresholds:
        return
    rules = rules or ForumRules(process=source)
    values = {
        field.name: getattr(rules, field.name)
        for field in ForumRules._meta.concrete_fields
        if field.name not in BY_ITSELF
    }
    to_come = rules.answer_on is not None and rules.answer_on > now.date()
    values["answer_on"] = rules.answer_on if to_come else None
    SetForumRules(process, by=None, thresholds=thresholds, **values).execute()


def take_form_along(source: Process, process: Process) -> None:
    """Give ``process`` the form of ``source``, with the questions that are still asked."""
    setup = FormSetup.objects.filter(process=source).first()
    questions = [
        Question(
            kind=row.kind,
            labels=row.labels,
            helps=row.helps,
            choices=row.choices,
            is_required=row.is_required,
        )
        for row in FormQuestion.objects.of(source)
    ]
    if setup is None and not questions:
        return
    setup = setup or FormSetup(process=source)
    asked = {name: getattr(setup, name) for name in FIELDS}
    SetIdeaForm(
        process,
        by=None,
        asked=asked,
        prefilled=setup.prefilled,
        helps=setup.helps,
        questions=questions,
        tag_words=setup.tag_words,
    ).execute()


def take_places_along(source: Process, process: Process) -> None:
    """Give ``process`` the categories and districts ``source`` offers, under the same codes."""
    categories = [
        PlaceNamed(row.names, row.code, row.icon) for row in Category.objects.of(source).offered()
    ]
    districts = [PlaceNamed(row.names, row.code) for row in District.objects.of(source).offered()]
    if categories or districts:
        SetPlaces(process, by=None, categories=categories, districts=districts).execute()
