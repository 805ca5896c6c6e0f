"""
Keep ideas out of copies.

A copied forum starts empty, and an idea lives once, in the language it was written in. Wagtail has
no hook between a page and its children while it copies, makes aliases or translates a subtree, so
the three methods that walk down are wrapped here, once, when the app is ready.
"""

import functools

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.signals import pre_page_move

from civic_sourcing.ideas.models import IdeaForumMixin, IdeaMixin


class IdeaStaysWhereItIs(PermissionDenied):
    """An idea was to be copied; Wagtail's admin answers with its usual sentence."""

    def __init__(self):
        super().__init__(
            _(
                "What somebody handed in has one author and one place. It is not copied, "
                "translated or moved."
            )
        )


def leaving_ideas_behind(walk):
    """Let ``walk(action, page, …)`` see a forum without its ideas; refuse to start at an idea."""

    @functools.wraps(walk)
    def wrapped(action, page, *args, **kwargs):
        kind = page.specific_class or type(page)
        if issubclass(kind, IdeaMixin):
            raise IdeaStaysWhereItIs
        if not issubclass(kind, IdeaForumMixin):
            return walk(action, page, *args, **kwargs)
        forum = page.specific
        forum.ideas_left_behind = True
        try:
            return walk(action, forum, *args, **kwargs)
        finally:
            forum.ideas_left_behind = False

    return wrapped


def refuse_another_forum(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """Stop an idea on its way to another forum, unless its row in the ledger goes along."""
    if getattr(instance, "moved_by_ledger", False):
        return
    if issubclass(sender, IdeaMixin) and parent_page_before.pk != parent_page_after.pk:
        raise IdeaStaysWhereItIs


def install():
    pre_page_move.connect(refuse_another_forum)
    for action, method in (
        (CopyPageAction, "_copy_page"),
        (CreatePageAliasAction, "_create_alias"),
        (CopyPageForTranslationAction, "walk"),
    ):
        walk = getattr(action, method)
        if not hasattr(walk, "__wrapped__"):
            setattr(action, method, leaving_ideas_behind(walk))
