"""The last look before the box: ``vote/review/`` shows what will be cast, and casts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from civic_sourcing.budgets.actions.casting.cast import BallotRefused, CastBallot, NotRecorded
from civic_sourcing.budgets.ballots import (
    Answer,
    BallotType,
    Choice,
    ContentError,
    Fault,
    Faulty,
    examine,
    typed_of,
)
from civic_sourcing.budgets.booth.cards import Card, cards_of
from civic_sourcing.budgets.booth.counters import counters
from civic_sourcing.budgets.booth.draft import Draft
from civic_sourcing.budgets.booth.entrance import Visit, at_booth, redirect_to
from civic_sourcing.budgets.booth.faults import in_words
from civic_sourcing.budgets.booth.filling import FOR
from civic_sourcing.budgets.booth.receipts import hand_out
from civic_sourcing.budgets.booth.words import Words
from civic_sourcing.budgets.casting.sealing import SealBroken
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, IdempotencyConflict

LONGEST_KEY = 64
CHOICE, KEY = "choice", "key"
"""The fields of the form: what was shown and will be cast, and what makes two clicks one cast."""


@sensitive_post_parameters(CHOICE)
@require_http_methods(["GET", "HEAD", "POST"])
@at_booth
def review(visit: Visit) -> HttpResponse:
    """Show what will be cast and what is left unused; on a yes, cast exactly what was shown."""
    if visit.request.method == "POST":
        return _cast(visit)
    return visit.turned_away() or _look_over(visit)


def _look_over(visit: Visit) -> HttpResponse:
    """
    Show the draft. One that cannot be cast leads back to the paper, where what is wrong is shown.
    """
    draft = Draft.load(visit.request, visit.run, visit.voter_key, keys=visit.keys)
    reading = examine(visit.rulebook, visit.areas, draft.typed, withdrawn=visit.withdrawn)
    becomes_void = visit.rulebook.faulty == Faulty.VOID and not any(
        fault.is_unreadable for fault in reading.faults
    )
    if reading.faults and not becomes_void:
        draft.checked = True
        response = redirect_to(visit.address("vote"))
        draft.save(response)
        return response
    meant = reading.choice
    if reading.faults:
        meant = Choice.voided([fault.code for fault in reading.faults])
    return _show(visit, meant, key=uuid4().hex, shown=reading.choice, faults=reading.faults)


def _cast(visit: Visit) -> HttpResponse:
    sent, key = visit.request.POST, visit.request.POST.get(KEY, "")
    if visit.voter is None:
        said = _("You were signed out meanwhile, so your ballot was not recorded.")
        return visit.show_identify(status=409, said=said)
    if not 0 < len(key) <= LONGEST_KEY or CHOICE not in sent:
        return redirect_to(visit.address("review"))
    if _was_made_for_somebody_else(visit):
        said = _("This form was opened by somebody else. Here is your own ballot.")
        return visit.show("not_cast", status=409, title=_("Not recorded"), said=said)
    try:
        receipt = CastBallot(
            visit.run, voter=visit.voter, choice=sent[CHOICE], idempotency_key=key, keys=visit.keys
        ).execute()
    except ActionRefused as refused:
        return _not_cast(visit, refused)
    response = redirect_to(visit.address("receipt", receipt.tracker))
    hand_out(visit, response, receipt)
    _keep_marks(visit, response)
    return response


def _keep_marks(visit: Visit, response: HttpResponse) -> None:
    """
    Leave the marks of the ballot that was cast with the device, to change it; not with one that
    others use. The server cannot tell them later: nothing in the box leads back to the paper.
    """
    choice = Choice.load(visit.request.POST[CHOICE])
    if visit.is_at_desk or choice.is_void:
        Draft.forget(response, visit.run)
        return
    typed = typed_of(visit.rulebook, choice)
    draft = Draft(visit.run, visit.voter_key, visit.keys, typed=typed, was_cast=True)
    if draft.fits:
        draft.save(response)
    else:
        Draft.forget(response, visit.run)


def _was_made_for_somebody_else(visit: Visit) -> bool:
    """Whether another voter looked over this form, on a device that several people use."""
    sealed = visit.request.POST.get(FOR)
    if sealed is None:
        return False
    try:
        return visit.keys.unseal(sealed, place=FOR) != visit.voter_key
    except SealBroken:
        return True


def _not_cast(visit: Visit, refused: ActionRefused) -> HttpResponse:
    """Say plainly that nothing was recorded, and lead on to what can be done."""
    if refused.code in {"closed", "not-open-yet"}:
        return visit.show_closed(status=409, said=refused.message)
    if isinstance(refused, ActionForbidden) or visit.refusal is not None:
        return visit.show_refused()
    if isinstance(refused, BallotRefused):
        return _refused(visit, refused)
    try:
        choice = Choice.load(visit.request.POST[CHOICE])
        status, key = 409, uuid4().hex
        if isinstance(refused, NotRecorded):
            status, key = 503, visit.request.POST[KEY]
        elif not isinstance(refused, IdempotencyConflict):
            raise ContentError
        return _show(visit, choice, key=key, said=refused.message, status=status)
    except (ContentError, KeyError):
        return _refused(visit, refused)


def _refused(visit: Visit, refused: ActionRefused) -> HttpResponse:
    return visit.show("not_cast", status=409, title=_("Not recorded"), said=refused.message)


def _show(
    visit: Visit,
    choice: Choice,
    *,
    key: str,
    shown: Choice | None = None,
    faults: Sequence[Fault] = (),
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show ``choice``, which a yes will cast; of a void one, as ``shown``, what was marked."""
    shown = shown or choice
    words = Words.of(visit.run.process, visit.rulebook)
    cards = cards_of(visit.page, visit.run, visit.rulebook, words, visit.request)
    return visit.show(
        "review",
        title=_("Review your ballot"),
        status=status,
        said=said,
        lines=list(_lines(visit.rulebook.ballot_type, shown, cards)),
        is_ranking=visit.rulebook.ballot_type == BallotType.RANKING,
        counters=counters(visit.rulebook, visit.areas, shown, words, withdrawn=visit.withdrawn),
        is_void=choice.is_void,
        faults=in_words(faults, cards, words),
        choice=choice.canonical(),
        key=key,
        made_for=visit.keys.seal(visit.voter_key, place=FOR),
    )


@dataclass(frozen=True)
class Line:
    """One project as it stands on the ballot, and in words what the voter said to it."""

    card: Card
    mark: str


ANSWERS = {
    Answer.YES: lambda: pgettext("answer", "Yes"),
    Answer.NO: lambda: pgettext("answer", "No"),
    Answer.ABSTAIN: lambda: pgettext("answer", "I abstain"),
}


def _lines(kind: BallotType, choice: Choice, cards: dict[str, Card]) -> Iterator[Line]:
    for number, mark in choice.marks.items():
        if card := cards.get(number):
            yield Line(card, _said(kind, mark))


def _said(kind: BallotType, mark: Any) -> str:
    if kind == BallotType.YES_NO:
        return ANSWERS[Answer(mark)]()
    if kind in {BallotType.CUMULATIVE, BallotType.SCORING}:
        return _("Points: %(points)s") % {"points": mark}
    return ""
