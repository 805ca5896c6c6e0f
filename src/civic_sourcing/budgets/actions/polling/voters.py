"""The list of a polling place: who is given a ballot paper."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.actions.casting.runs import State, refuse_unless
from civic_sourcing.budgets.actions.polling.places import PlaceAction, list_complete, no_paper
from civic_sourcing.budgets.ballots.rulebook import OnPaper
from civic_sourcing.budgets.casting.codes import use_up
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.models import PaperKey, PaperVoter
from civic_sourcing.budgets.policies import MayVote
from civic_sourcing.budgets.polling.standing import take_back
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import VotingCode


class VoterAction(PlaceAction):
    """
    A step about one voter, by their ``identities``: all the ways in which they could vote online.

    ``user`` is their account and ``code`` their voting code, where it is that which they showed.
    """

    identities: Collection[str]
    user: Any = None
    code: VotingCode | None = None

    def check(self) -> None:
        refuse_unless(self.run, State.OPEN)
        if not self.identities:
            raise ValueError("A voter needs an identity.")
        if self.subject.listed_at is not None:
            raise list_complete()
        keys = keys_of(self.run, using=self.using)
        self.voter_keys = sorted({keys.value("voter", each) for each in self.identities})
        known = PaperKey.objects.filter(run=self.run, voter_key__in=self.voter_keys, counts=True)
        self.known = known.select_related("voter").first()


class ListVoter(VoterAction):
    """
    Note that somebody is given a ballot paper here. The result is the ``PaperVoter``.

    Nobody is given two (``listed``), and a voting code is used up by it. Whether somebody has voted
    online is neither told nor decided here: at the close the ballot that does not count is left out
    unseen. Where the later ballot counts, the vote must be running, so that the order is known, and
    the voter has an envelope with a number; otherwise lists can also be typed in afterwards.
    ``area`` is where the voter lives, for the turnout.
    """

    verb = "list_voter"

    area: str = ""

    def check(self) -> None:
        super().check()
        run = self.run
        assert run.opens_at is not None
        assert run.closes_at is not None
        rule = frozen(run).on_paper
        if rule == OnPaper.NONE:
            raise no_paper()
        self.has_envelope = rule == OnPaper.LAST
        if self.at < run.opens_at:
            raise ActionRefused(_("The vote has not opened yet."), code="not-open-yet")
        if self.has_envelope and self.at >= run.closes_at:
            raise ActionRefused(
                _("The time to vote is over, so nobody is listed any more."), code="over"
            )
        if self.known:
            raise already_listed(self.known.voter, here=self.subject.pk)
        refusal = MayVote().refusal(
            Occasion(None, run, self.at, {"voter": Voter(self.voter_keys[0], self.user)})
        )
        if refusal:
            raise refusal.error()

    def perform(self) -> PaperVoter:
        voter = PaperVoter.objects.create(
            run=self.run, place=self.subject, envelope=self._next_envelope(), area=self.area
        )
        PaperKey.objects.bulk_create(
            PaperKey(run=self.run, voter=voter, voter_key=each) for each in self.voter_keys
        )
        if self.code is not None:
            codes = VotingCode.objects.select_for_update(of=("self",), no_key=True)
            use_up(codes.get(pk=self.code.pk), self.run, using=self.using)
        return voter

    def _next_envelope(self) -> int | None:
        if not self.has_envelope:
            return None
        last = PaperVoter.objects.filter(place=self.subject).aggregate(last=Max("envelope"))
        return (last["last"] or 0) + 1


class UnlistVoter(VoterAction):
    """Take somebody off the list of this place who was listed by mistake."""

    verb = "unlist_voter"

    def check(self) -> None:
        super().check()
        if self.known is None or self.known.voter.place_id != self.subject.pk:
            raise ActionRefused(_("This person is not on the list of this place."), code="unlisted")

    def perform(self) -> PaperVoter:
        assert self.known is not None
        voter = self.known.voter
        take_back(voter, PaperVoter.State.MISTAKEN, using=self.using)
        return voter


def already_listed(voter: PaperVoter, *, here: int) -> ActionRefused:
    """The refusal for somebody who has a paper; at the same place with the envelope's number."""
    if voter.envelope is not None and voter.place_id == here:
        sentence = _("This person was already given a ballot paper: envelope %(envelope)d.")
        return ActionRefused(sentence % {"envelope": voter.envelope}, code="listed")
    return ActionRefused(_("This person was already given a ballot paper."), code="listed")
