from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from wagtail.log_actions import get_active_log_context, log

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.holdings import holdings_of
from civic_sourcing.processes.pages import ProcessPageMixin
from civic_sourcing.processes.rules import RulesDraft

RULES_NOT_APPLIED = "civic_processes.rules_not_applied"


def put_rules_into_force(sender: type, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """
    Take over the rules a page was published with. Receives Wagtail's ``page_published``.

    Whatever way it was published: by hand, on schedule, by a workflow. Rules that may not take
    effect leave those in force as they are; the page's history says so.
    """
    draft = RulesDraft.from_json(getattr(instance, "rules_draft", None))
    if draft is None or not instance.live or not isinstance(instance, ProcessPageMixin):
        return
    if draft.belongs_to(instance.process):
        _apply(draft, instance)
    _forget_draft(instance, revision)


def refuse_deletion(sender: type, instance: Any, **kwargs: Any) -> None:
    """Stand behind the doors that do not ask: ORM and cascades. Receives ``pre_delete``."""
    if instance.alias_of_id or instance.process is None or not holdings_of(instance.process):
        return
    raise ProtectedError(
        f"{instance!r} belongs to {instance.process!r}, which holds contributions.", {instance}
    )


def _apply(draft: RulesDraft, page: Any) -> None:
    rules = draft.rules
    by = get_active_log_context().user
    action = SetRules(
        page.process, by=by, mandate=rules.mandate, phases=rules.phases, based_on=draft.version
    )
    try:
        page.process = action.execute()
    except ActionRefused as refused:
        log(instance=page, action=RULES_NOT_APPLIED, user=by, data={"reason": refused.message})


def _forget_draft(page: Any, revision: Any) -> None:
    """Once published a draft is done with: restoring its revision must not bring it back."""
    page.rules_draft = None
    type(page)._base_manager.filter(pk=page.pk).update(rules_draft=None)
    if revision is not None and revision.content.get("rules_draft"):
        revision.content["rules_draft"] = None
        revision.save(update_fields=["content"])
