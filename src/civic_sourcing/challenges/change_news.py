"""Tell everybody who takes part, and who judges, that a date was put off or a prize raised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import NEWS
from civic_sourcing.challenges.entering.news import said
from civic_sourcing.challenges.entering.people import users_who_enter
from civic_sourcing.challenges.entering.places import page_of
from civic_sourcing.challenges.models import ChallengeFacts, Judge, JudgeState, Prize, Round
from civic_sourcing.challenges.showing.changes import changes_of
from civic_sourcing.challenges.signals import prize_raised, round_lengthened
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.processes.models import Process


def register_news() -> None:
    """Called by ``AppConfig.ready``."""
    round_lengthened.connect(tell_lengthened)
    prize_raised.connect(tell_raised)


def tell_lengthened(action: Any, subject: Round, **kwargs: Any) -> None:
    """Solvers and judges plan by the dates. Receives ``round_lengthened``."""
    panel = Judge.objects.filter(process=subject.process, state=JudgeState.ACCEPTED)
    people = [judge.participant for judge in panel.select_related("participant__user")]
    judges = [person.user for person in people if person]
    _tell(subject.process, judges, _("More time: %(challenge)s"), action.at)


def tell_raised(action: Any, subject: Prize, **kwargs: Any) -> None:
    """Receives ``prize_raised``."""
    _tell(subject.process, [], _("A prize was raised: %(challenge)s"), action.at)


def _tell(process: Process, more: list[Any], subject: Any, at: Any) -> None:
    notify(
        [*users_who_enter(process), *more],
        category=NEWS,
        subject=said(subject, process),
        body=_what_changed(process, at),
        url=_page_url(process),
        dedupe=f"changed:{process.uuid}:{at.isoformat()}",
    )


def _page_url(process: Process) -> Callable[[Any], str]:
    def url(_user: Any) -> str:
        page = page_of(process)
        return (page.get_url() or "") if page else ""

    return url


def _what_changed(process: Process, at: Any) -> Callable[[Any], str]:
    """The sentences that stand on the page, with the reason, in the language of who reads them."""
    facts = ChallengeFacts.objects.of(process)
    rounds = {each.pk: each for each in Round.objects.of(process)}
    prizes = {each.pk: each for each in Prize.objects.filter(process=process)}

    def body(_user: Any) -> str:
        lines = [line for line in changes_of(facts, rounds, prizes) if line.at == at]
        reason = lines[0].reason if lines else ""
        return "\n\n".join([*(line.sentence for line in lines), reason])

    return body
