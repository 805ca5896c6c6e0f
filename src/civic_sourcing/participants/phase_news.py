"""
What people who take part in a process are told of its phases: that one has opened, that one ends
soon.

``civic_tick`` looks, tells, and keeps in the same transaction that it has told: everybody hears of
each opening and each end once, whatever is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import swapper
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.core.tick import register_tick
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.audience import audience_of
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models import PhaseNotice
from civic_sourcing.processes.models import Phase
from civic_sourcing.processes.policies import last_day

OPENED = Category(
    "civic_participants.phase_opened",
    _("What opens"),
    _("When a new phase begins where you take part, such as voting after collecting ideas."),
    default_mail="daily",
)
ENDS = Category(
    "civic_participants.phase_ends",
    _("What ends soon"),
    _("Some days before a phase closes where you take part."),
    default_mail="daily",
)
NEWS_FOR = timedelta(days=2)
"""An opening longer ago is no news any more, for instance where people were never told before."""


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_category(OPENED)
    register_category(ENDS)
    register_tick("civic_participants.phase_news", tell_of_phases)


def tell_of_phases(at: datetime) -> str:
    """Tell of what has opened by ``at`` and of what ends soon."""
    told = sum(_tell_once(phase, PhaseNotice.Kind.OPENED, at) for phase in just_opened(at))
    told += sum(_tell_once(phase, PhaseNotice.Kind.ENDS, at) for phase in ending(at))
    return ngettext("%(count)d person told", "%(count)d people told", told) % {"count": told}


def just_opened(at: datetime) -> Iterable[Phase]:
    """Phases that run at ``at`` and have opened within the last days."""
    phases = Phase.objects.filter(opens_at__lte=at, opens_at__gt=at - NEWS_FOR)
    return [phase for phase in phases.select_related("process") if phase.runs_at(at)]


def ending(at: datetime) -> Iterable[Phase]:
    """
    Phases that close within ``PHASE_ENDS_DAYS`` after ``at``.

    Not one so short that people have heard of its end just now, when it opened.
    """
    lead = timedelta(days=conf.PHASE_ENDS_DAYS)
    phases = Phase.objects.filter(opens_at__lte=at, closes_at__gt=at, closes_at__lte=at + lead)
    return [
        phase
        for phase in phases.select_related("process")
        if phase.closes_at and phase.closes_at - phase.opens_at >= 2 * lead
    ]


def _tell_once(phase: Phase, kind: str, at: datetime) -> int:
    """Tell everybody who takes part and keep that they were told, or do neither."""
    moment = phase.opens_at if kind == PhaseNotice.Kind.OPENED else phase.closes_at
    if moment is None or PhaseNotice.objects.filter(phase=phase, kind=kind, moment=moment).exists():
        return 0
    with transaction.atomic():
        _notice, is_news = PhaseNotice.objects.get_or_create(
            phase=phase, kind=kind, moment=moment, defaults={"told_at": at}
        )
        return _tell(phase, kind) if is_news else 0


def _tell(phase: Phase, kind: str) -> int:
    pages = _pages(phase)
    if not pages:
        return 0
    category, sentence = {
        PhaseNotice.Kind.OPENED: (OPENED, _("“%(phase)s” has begun: %(page)s")),
        PhaseNotice.Kind.ENDS: (ENDS, _("“%(phase)s” ends soon: %(page)s")),
    }[PhaseNotice.Kind(kind)]
    return notify(
        (person.user for person in audience_of(phase.process)),
        category=category.key,
        subject=lambda user: str(sentence) % {"phase": phase.label, "page": _here(pages).title},
        body=partial(_body, phase),
        url=lambda user: _here(pages).url or "",
        about=phase.process.uuid,
    )


def _body(phase: Phase, user: Any) -> str:
    """What can be done, and until when; read in the language of ``user``."""
    parts = [str(phase.invitation)]
    if phase.closes_at:
        parts.append(filled(_("Open until %(until)s."), until=last_day(phase.closes_at))(user))
    return "\n\n".join(part for part in parts if part)


def _pages(phase: Phase) -> dict[str, Any]:
    """The live pages of the process by language, without aliases in the same language."""
    pages = swapper.load_model("wagtailcore", "Page").objects.live().select_related("locale")
    found: dict[str, Any] = {}
    for page in pages.filter(translation_key=phase.process.translation_key).order_by("pk"):
        found.setdefault(page.locale.language_code, page)
    return found


def _here(pages: dict[str, Any]) -> Any:
    """The page in the language that is switched on, else the first."""
    return pages.get(translation.get_language() or "") or next(iter(pages.values()))
