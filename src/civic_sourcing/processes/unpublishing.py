"""
Ask a page before it is unpublished, also where Wagtail has only its base page in hand.

`publish_scheduled` and code that loads base pages never come to the methods of the page's own
class, and Wagtail has no hook there. So the action that unpublishes pages is wrapped here, once,
when the app is ready. Page classes answer with ``refusal_to_unpublish()``.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

import swapper
from django.db.models.signals import pre_save
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from civic_sourcing.core.exceptions import ActionRefused

logger = logging.getLogger(__name__)

EXPIRY_REFUSED = "civic_processes.expiry_refused"


def install() -> None:
    if not hasattr(UnpublishPageAction.execute, "__wrapped__"):
        UnpublishPageAction.execute = asking_first(UnpublishPageAction.execute)
    pre_save.connect(refuse_hiding, sender=swapper.load_model("wagtailcore", "Page"))


def asking_first(execute: Callable[..., None]) -> Callable[..., None]:
    """
    Let ``execute(action)`` unpublish only what may go; otherwise raise ``ActionRefused``.

    A page whose time has run out stays up without raising, so that the others get their turn: its
    date is cleared, and its history and the log say why. Without ``commit`` the page is about to be
    deleted, which is asked elsewhere.
    """

    @functools.wraps(execute)
    def wrapped(action: UnpublishPageAction, *args: Any, **kwargs: Any) -> None:
        page = action.object
        refusal = refusal_to_hide(page) if page.live and action.commit else None
        if refusal is None:
            execute(action, *args, **kwargs)
        elif action.set_expired:
            _keep_in_spite_of_date(page, refusal)
        else:
            raise refusal

    return wrapped


def refuse_hiding(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse to save a base page offline that has to stay. Receives ``pre_save``."""
    if raw or instance.live or not sender._base_manager.filter(pk=instance.pk, live=True).exists():
        return
    if refusal := refusal_to_hide(instance):
        raise refusal


def refusal_to_hide(page: Any) -> ActionRefused | None:
    """Ask the page's own class, whichever class ``page`` was loaded as."""
    ask = getattr(page.specific_class, "refusal_to_unpublish", None)
    refusal: ActionRefused | None = ask(page.specific) if ask else None
    return refusal


def _keep_in_spite_of_date(page: Any, refusal: ActionRefused) -> None:
    type(page)._base_manager.filter(pk=page.pk).update(expire_at=None)
    logger.warning("Page %s stays published after its expiry date: %s", page.pk, refusal.message)
    log(instance=page, action=EXPIRY_REFUSED, data={"reason": str(refusal.message)})
