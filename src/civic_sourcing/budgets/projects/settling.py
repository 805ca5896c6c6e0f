"""
What happens to a project's page when it is saved: the facts typed take effect with publishing.

Facts are the same in every language and hold for the vote; as a draft they are kept with the page.
Whatever way a page is published, by hand, on schedule or by a workflow, it comes by here.
"""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import get_active_log_context, log

from civic_sourcing.budgets.actions.projects import ReviseProject, put_into_force
from civic_sourcing.budgets.keeping import is_on_paper
from civic_sourcing.budgets.projects.facts import Facts, FactsDraft
from civic_sourcing.budgets.projects.words import words_of
from civic_sourcing.core.exceptions import ActionRefused

FACTS_NOT_APPLIED = "civic_budgets.facts_not_applied"


def begin(page: Any) -> None:
    """
    Give a page that begins life the right project: that of its vote, and none that has a page.

    A copy in another vote takes a like project there; a copy in the same vote is a draft for one
    more project and needs a number of its own.
    """
    process, project = page.vote.process, page.project
    if project is None or process is None or page.alias_of_id:
        return
    like = process.projects.filter(number=project.number).first()
    if _is_told(page, like) or (project.process_id != process.pk and is_on_paper(process)):
        facts = Facts.of(project).without_number
        page.facts_draft = FactsDraft(Facts().digest(), facts).as_json()
        page.project, page.live = None, False
    elif project.process_id != process.pk:
        page.project = like or project.copied_to(process)


def settle(page: Any) -> None:
    """
    Put the facts of a page that is published into force; where they cannot be, log why.

    An alias has the project of its original.
    """
    if page.alias_of_id:
        pages = type(page)._base_manager.filter(pk=page.alias_of_id)
        page.project_id = page.project_id or pages.values_list("project_id", flat=True).first()
        return
    if not page.live or not _is_unsettled(page):
        return
    by = get_active_log_context().user
    try:
        put_into_force(page, by=by)
    except ActionRefused as refused:
        page.refused_facts = refused.message
        if page.project is None:
            page.live, page.has_unpublished_changes = False, True
        else:
            page.facts_draft = None


def note_refusal(page: Any) -> None:
    """Let the page's history say why facts did not take effect; call once the page is saved."""
    message = page.__dict__.pop("refused_facts", "")
    if message:
        by = get_active_log_context().user
        log(instance=page, action=FACTS_NOT_APPLIED, user=by, data={"reason": message})


def tell_ledger(sender: type, instance: Any, **kwargs: Any) -> None:
    """
    Let the ledger know what a published page says now. Receives Wagtail's ``page_published``.

    Only in the language the project was entered in: translations are no versions of it.
    """
    contribution = instance.project.contribution if instance.project else None
    if contribution is None or not instance.live or instance.alias_of_id:
        return
    words = words_of(instance)
    known = contribution.versions.order_by("number").last()
    if words.language != contribution.language or known is None:
        return
    if (words.title, words.text) != (known.title, known.text):
        try:
            by = get_active_log_context().user
            ReviseProject(contribution, by=by, words=words).execute()
        except ActionRefused:
            return


def _is_unsettled(page: Any) -> bool:
    if page.project is None or page.facts_draft:
        return True
    return page.project.contribution_id is None and not page._state.adding


def _is_told(page: Any, project: Any) -> bool:
    """Whether another page tells about ``project`` in the language of this one."""
    pages = type(page)._base_manager.filter(project=project, locale=page.locale_id, alias_of=None)
    return project is not None and bool(pages.exclude(pk=page.pk).exists())
