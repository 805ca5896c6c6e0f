"""
What solvers are told about decisions and awards, in the transaction of the step that it tells of.

A decision is told to everybody who was judged in its phase, an award to the team that won it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.formats import date_format

from civic_sourcing.challenges.awards import sentences
from civic_sourcing.challenges.categories import AWARDS
from civic_sourcing.challenges.entering.news import said, team_users
from civic_sourcing.challenges.entering.places import way_to
from civic_sourcing.challenges.models import (
    Award,
    AwardState,
    ChallengeFacts,
    Decision,
    Entry,
    Instalment,
    Placement,
    TeamMember,
)
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.results.rounds import next_round
from civic_sourcing.core.money import format_money
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.processes.policies import written

BY_USER = Mapping[Any, list[Entry]]


def tell_confirmed(decision: Decision) -> None:
    """
    Tell who wins or goes on that they do, and everybody else that it is decided; feedback is there
    for all. Where somebody moved up, only they are told.
    """
    placements = list(decision.placements.select_related("entry__process").order_by("pk"))
    for one in placements:
        if one.place is None:
            _tell_advancing(decision, one)
        else:
            _tell_winner(decision, one)
    if decision.instead_of_id is None:
        _tell_others(decision, {one.entry_id for one in placements})


def tell_withdrawn(decision: Decision) -> None:
    """Tell everybody who was told of a decision that it was taken back, and why."""
    process = decision.round.process
    named = decision.placements.values("entry")
    entries = entries_of(decision.round)
    if decision.instead_of_id is not None:
        entries = entries.filter(pk__in=named)
    notify(
        users_of(entries),
        category=AWARDS,
        subject=said(sentences.WITHDRAWN, process),
        body=said(sentences.WITHDRAWN_BODY, process, reason=decision.withdrawn_reason),
        url=way_to(process, "winners") if _still_decided(decision) else way_to(process, "enter"),
        about=decision.uuid,
        dedupe=f"withdrawn:{decision.uuid}",
    )


def _still_decided(decision: Decision) -> bool:
    """Whether there is a page of winners yet."""
    return Decision.objects.confirmed().filter(round__process=decision.round.process).exists()


def tell_offered(award: Award) -> None:
    """Tell a team that the verification is over, and that its captain is to say yes or no."""
    tell(award, "offered", sentences.OFFERED, sentences.OFFERED_BODY, money=money_of(award))


def tell_accepted(award: Award) -> None:
    """Tell a team which papers are waited for, and whom to ask."""
    contact = ChallengeFacts.objects.of(award.process).contact
    body = sentences.ACCEPTED_BODY if award.amount else sentences.ACCEPTED_WITHOUT_MONEY
    tell(award, "accepted", sentences.ACCEPTED, body, contact=contact)


def tell_declined(award: Award) -> None:
    tell(award, "declined", sentences.DECLINED, sentences.DECLINED_BODY)


def tell_papers(award: Award) -> None:
    """Tell a team that its papers are complete; without money that it is final with them."""
    if award.state == AwardState.FINAL:
        tell_final(award)
    else:
        tell(award, "papers", sentences.PAPERS, sentences.PAPERS_BODY, money=money_of(award))


def tell_paid(instalment: Instalment, award: Award) -> None:
    """Tell a team that an instalment was paid, and that the award is final with the last one."""
    assert instalment.paid_on is not None
    tell(
        award,
        f"paid:{instalment.uuid}",
        sentences.PAID,
        sentences.PAID_BODY,
        money=partial(format_money, instalment.amount, _currency(award)),
        milestone=instalment.milestone,
        date=partial(date_format, instalment.paid_on),
    )
    if award.state == AwardState.FINAL:
        tell_final(award)


def tell_final(award: Award) -> None:
    tell(award, "final", sentences.FINAL, sentences.FINAL_BODY)


def tell_cancelled(award: Award) -> None:
    """Tell a team that its award is cancelled, with the reason everybody reads."""
    reason = award.cancelled_reason
    tell(award, "cancelled", sentences.CANCELLED, sentences.CANCELLED_BODY, reason=reason)


def tell_not_carried_out(award: Award) -> None:
    """Tell a team when the rights in its solution go back."""
    assert award.rights_back_on is not None
    day = award.rights_back_on
    tell(
        award,
        f"not-carried-out:{day.isoformat()}",
        sentences.NOT_CARRIED_OUT,
        sentences.NOT_CARRIED_OUT_BODY,
        date=partial(date_format, day),
    )


def tell_rights_back(award: Award) -> None:
    tell(award, "rights-back", sentences.RIGHTS_BACK, sentences.RIGHTS_BACK_BODY)


def tell(award: Award, key: str, subject: Any, body: Any, **values: Any) -> None:
    """Tell the team of ``award`` once; what is called among ``values`` is so in their language."""
    placement = award.placement
    words = {"entry": placement.entry.title, "place": placement.place, **values}
    notify(
        team_users(placement.entry),
        category=AWARDS,
        subject=said(subject, award.process),
        body=said(body, award.process, **words),
        url=way_to(award.process, "award", award.uuid),
        about=award.uuid,
        dedupe=f"{key}:{award.uuid}",
    )


def money_of(award: Award) -> Callable[[], str]:
    """What the award is of, in the language of who reads it."""
    currency = _currency(award)
    return lambda: format_money(award.amount, currency) if award.amount else str(sentences.NO_MONEY)


def _currency(award: Award) -> str:
    return ChallengeFacts.objects.of(award.process).currency


def _tell_winner(decision: Decision, placement: Placement) -> None:
    entry = placement.entry
    _tell_of_decision(
        decision,
        {user: [entry] for user in team_users(entry)},
        f"named:{entry.uuid}",
        (sentences.NAMED, sentences.NAMED_BODY),
        entry=entry.title,
        place=placement.place,
        until=partial(written, decision.verification_until),
    )


def _tell_advancing(decision: Decision, placement: Placement) -> None:
    entry, following = placement.entry, next_round(decision.round)
    closes_at = following.closes_at if following else None
    _tell_of_decision(
        decision,
        {user: [entry] for user in team_users(entry)},
        f"advances:{entry.uuid}",
        (sentences.ADVANCES, sentences.ADVANCES_BODY if closes_at else sentences.ADVANCES_ONLY),
        entry=entry.title,
        until=partial(written, closes_at) if closes_at else "",
    )


def _tell_others(decision: Decision, named: set[int]) -> None:
    """All others at once, as there may be thousands; who has several entries is told once."""
    others = entries_of(decision.round).exclude(pk__in=named)
    body = sentences.NO_AWARD_BODY if decision.no_award else sentences.NOT_NAMED_BODY
    _tell_of_decision(
        decision,
        users_of(others),
        "decided",
        (sentences.NOT_NAMED, body),
        reason=decision.reason,
    )


def _tell_of_decision(
    decision: Decision, people: BY_USER, key: str, words: tuple[Any, Any], **values: Any
) -> None:
    """The address is that of the feedback on their entry; of several it is the winners' page."""
    process = decision.round.process
    ways = {
        user.pk: way_to(process, "feedback", entries[0].uuid)
        for user, entries in people.items()
        if len(entries) == 1
    }
    winners = way_to(process, "winners")
    subject, body = words
    notify(
        people,
        category=AWARDS,
        subject=said(subject, process),
        body=said(body, process, **values),
        url=lambda user: ways.get(user.pk, winners)(user),
        about=decision.uuid,
        dedupe=f"{key}:{decision.uuid}",
    )


def users_of(entries: Iterable[Entry]) -> dict[Any, list[Entry]]:
    """Who leads ``entries`` or is in their teams, with which of them, in three queries."""
    by_key = {entry.pk: entry for entry in entries}
    found: dict[Any, list[Entry]] = defaultdict(list)
    led = Entry.objects.filter(pk__in=by_key, captain__user__isnull=False)
    for entry in led.select_related("captain__user"):
        assert entry.captain is not None
        found[entry.captain.user].append(by_key[entry.pk])
    joined = TeamMember.objects.present().filter(entry__in=by_key, participant__user__isnull=False)
    for member in joined.select_related("participant__user"):
        assert member.participant is not None
        user = member.participant.user
        if by_key[member.entry_id] not in found[user]:
            found[user].append(by_key[member.entry_id])
    return dict(found)
