"""What stood on a ballot paper stays: pages of projects people have voted on are not removed."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


def refusal_to_remove(page: Any, *, unpublish: bool = False) -> ActionRefused | None:
    """
    Why the project's ``page`` may not be deleted or unpublished, or ``None``.

    A translation may go while a page of the project stays in another language.
    """
    if page.project is None or page.alias_of_id or not is_on_paper(page.project.process):
        return None
    others = type(page)._base_manager.filter(project=page.project_id, alias_of=None)
    if unpublish:
        others = others.filter(live=True)
    if others.exclude(pk=page.pk).exists():
        return None
    sentence = _(
        "“%(page)s” stands on the ballot paper of a vote that has opened, so its page stays. You "
        "can still change its texts."
    )
    return ActionRefused(sentence, code="holds-ballots", page=page.get_admin_display_title())


def is_on_paper(process: Process) -> bool:
    """Whether there is a ballot paper for good: the vote has opened, or was imported."""
    runs = process.vote_runs.exclude(kind="rehearsal")
    return bool(runs.exclude(state="prepared").exists())


class ProjectPermissionTester(PagePermissionTester):
    """Nobody, superusers included, removes the page of a project people have voted on."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        allowed: bool = super().can_delete(ignore_bulk)
        return allowed and refusal_to_remove(self.page) is None

    def can_unpublish(self) -> bool:
        allowed: bool = super().can_unpublish()
        return allowed and refusal_to_remove(self.page, unpublish=True) is None


def refuse_deletion(sender: type, instance: Any, **kwargs: Any) -> None:
    """Stand behind the doors that do not ask: ORM and cascades. Receives ``pre_delete``."""
    if refusal_to_remove(instance):
        raise ProtectedError(f"{instance!r} stood on a ballot paper.", {instance})
