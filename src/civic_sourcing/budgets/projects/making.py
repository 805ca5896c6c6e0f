"""The page of a project that did not come out of the page editor."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.utils.html import linebreaks
from django.utils.text import slugify

from civic_sourcing.budgets.projects.facts import Facts, FactsDraft
from civic_sourcing.budgets.projects.new import NewProject

SLUG_LENGTH = 80


def project_page(vote: Any, project: NewProject) -> Any:
    """Return an unsaved draft page for ``project``, to be put below ``vote``."""
    model = apps.get_model(vote.project_page_model)
    language = project.language
    return model(
        title=project.title,
        slug=free_slug(f"{project.facts.number} {project.title}", taken=_slugs_below(vote)),
        locale=vote.locale,
        description=_paragraphs(project.description),
        opinion=_paragraphs(project.opinion),
        place=project.place,
        target=project.target,
        category=project.category_text,
        text_language="" if language == vote.locale.language_code else language,
        facts_draft=FactsDraft(Facts().digest(), project.facts).as_json(),
        origins=[str(origin) for origin in project.origins],
        live=False,
    )


def free_slug(text: str, *, taken: Collection[str]) -> str:
    """Return an address made of ``text`` that nobody has."""
    stem = slugify(text, allow_unicode=True)[:SLUG_LENGTH].strip("-") or "project"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _slugs_below(vote: Any) -> set[str]:
    return set(vote.get_children().values_list("slug", flat=True))


def _paragraphs(text: str) -> str:
    return linebreaks(text, autoescape=True) if text else ""
