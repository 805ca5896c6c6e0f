"""System checks of comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from wagtail.admin.panels import Panel, PanelGroup
from wagtail.models import get_page_models

from civic_sourcing.comments.models import CommentsPageMixin
from civic_sourcing.processes.panels import RulesPanel


def register_checks() -> None:
    """Register the checks; called when the room is ready."""
    register(check_rules_panels, Tags.models)


def check_rules_panels(**kwargs: Any) -> list[CheckMessage]:
    """Warn of page types people could comment on if editors could open a phase (W001)."""
    return [
        Warning(
            f"{model.__name__} takes comments, but its editor shows no rules, so that nobody can "
            "open a phase in which people comment.",
            hint="Add *CommentsPageMixin.rules_panels to its content_panels.",
            obj=model,
            id="civic_comments.W001",
        )
        for model in get_page_models()
        if issubclass(model, CommentsPageMixin) and not _has_rules(model)
    ]


def _has_rules(model: Any) -> bool:
    if hasattr(model, "edit_handler"):
        top: Iterable[Any] = [model.edit_handler]
    else:
        top = [*model.content_panels, *model.promote_panels, *model.settings_panels]
    return any(isinstance(panel, RulesPanel) for panel in _every(top))


def _every(panels: Iterable[Any]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        if isinstance(panel, PanelGroup):
            yield from _every(panel.children)
