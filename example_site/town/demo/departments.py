"""The departments that answer, in both languages, and how some of them work together."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.utils import timezone

from civic_sourcing.answers.models import Agreement, Department
from civic_sourcing.core import clock

from . import reading
from .pages import locale

TOWN = UUID("5f0c3f4e-9a53-4f0e-8a51-6d5b0a1c7e10")
"""Names the departments of this town; a code below it is always the same department."""


def load() -> None:
    for position, (code, words) in enumerate(reading.texts("places")["departments"].items()):
        english, korean, tasks, tasks_in_korean = words
        for language, name, description in (
            ("en", english, tasks),
            ("ko", korean, tasks_in_korean),
        ):
            Department.objects.get_or_create(
                translation_key=uuid5(TOWN, code),
                locale=locale(language),
                defaults={
                    "name": name,
                    "description": description,
                    "contact": f"{code}@neulbom.example",
                    "position": position,
                },
            )
    if not Agreement.objects.exists():
        agree()


def agree() -> None:
    """One standing agreement, on which several adoptions rest."""
    words = reading.texts("follow-up")["agreement"]
    agreement = Agreement.objects.create(
        title=words["title"],
        text=words["text"],
        valid_from=timezone.localdate(clock.now()).replace(month=1, day=1),
    )
    agreement.departments.set(called(code, "en") for code in words["departments"])


def called(code: str, language: str) -> Department:
    return Department.objects.get(translation_key=uuid5(TOWN, code), locale__language_code=language)


def code_of(department: Department) -> str:
    codes = reading.texts("places")["departments"]
    return next(code for code in codes if uuid5(TOWN, code) == department.translation_key)
