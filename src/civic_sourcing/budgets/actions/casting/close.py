from __future__ import annotations

from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.casting import bulletin
from civic_sourcing.budgets.casting.box import box_of
from civic_sourcing.budgets.casting.keys import Keys, keys_of
from civic_sourcing.budgets.casting.sealing import SealBroken
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import Ballot, BulletinEntry, PaperKey, VoteRun
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.rulebooks import frozen, has_papers_by_area
from civic_sourcing.core.exceptions import ActionRefused

WRITTEN_AT_ONCE = 2000


class ReleaseBulletin(RunAction):
    """Publish the next batch of trackers, if enough have come together. Returns how many."""

    verb = "release"
    policy = runs_votes

    def check(self) -> None:
        refuse_unless(self.subject, State.OPEN)

    def perform(self) -> int:
        keys = keys_of(self.subject, using=self.using)
        return bulletin.release(
            self.subject, keys, self.at, least=conf.BULLETIN_LEAST, using=self.using
        )

    def audit_details(self) -> dict[str, Any]:
        return {"entries": self.result}


class CloseVote(RunAction):
    """
    Close a vote whose time is over, take its ballots out of the box and complete the bulletin.

    Waits for every cast in flight, and is refused until the lists of all polling places are
    complete (``lists``): ballots online of people who voted on paper are left out. Returns how many
    ballots there are. If a ballot cannot be opened, or there are not as many as the roll has
    entries, nothing is done (``damaged``).
    """

    verb = "close_vote"
    policy = runs_votes

    def check(self) -> None:
        refuse_unless(self.subject, State.OPEN)
        if self.subject.closes_at is None or self.at < self.subject.closes_at:
            raise ActionRefused(_("The time to vote is not over yet."), code="not-over")
        if self.subject.polling_places.filter(listed_at=None).exists():
            raise ActionRefused(
                _("The list of voters of a polling place is not complete yet."), code="lists"
            )

    def perform(self) -> int:
        run = self.subject
        keys = keys_of(run, using=self.using)
        run.state, run.closed_at = State.CLOSED, self.at
        run.save(update_fields=["state", "closed_at"], using=self.using)
        try:
            bulletin.release(run, keys, self.at, least=0, using=self.using)
            left_out = self._leave_out(run, keys)
            ballots = self._take_out(run, keys)
        except SealBroken as error:
            raise _damaged() from error
        if ballots + left_out != run.roll.using(self.using).count():
            raise _damaged()
        return ballots

    def _leave_out(self, run: VoteRun, keys: Keys) -> int:
        """Take away ballots whose voters voted on paper, and say so of their trackers."""
        entries = PaperKey.objects.using(self.using).superseded(run)
        links = [keys.value("link", str(pk)) for pk in entries.values_list("pk", flat=True)]
        casts = box_of(run, keys, using=self.using).take_out(links)
        told = [(BulletinEntry.Kind.PAPER.value, cast.tracker) for cast in casts]
        bulletin.publish(run, told, self.at, using=self.using)
        return len(casts)

    def _take_out(self, run: VoteRun, keys: Keys) -> int:
        casts = box_of(run, keys, using=self.using).take_out_all()
        rulebook = frozen(run)
        by_area, by_group = has_papers_by_area(rulebook), bool(rulebook.groups)
        ballots = (
            Ballot(
                process_id=run.process_id,
                run=run,
                channel=Ballot.Channel.ONLINE,
                mark=keys.value("mark", cast.tracker),
                area=cast.area if by_area else "",
                group=cast.group if by_group else "",
                content=cast.content,
            )
            for cast in casts
        )
        while batch := list(islice(ballots, WRITTEN_AT_ONCE)):
            Ballot.objects.using(self.using).bulk_create(batch)
        return len(casts)

    def audit_details(self) -> dict[str, Any]:
        return {"ballots": self.result}


def _damaged() -> ActionRefused:
    return ActionRefused(
        _(
            "The vote cannot be closed: ballots and roll do not fit together. Nothing was changed. "
            "Please call in whoever looks after the database, and run civic_verify."
        ),
        code="damaged",
    )
