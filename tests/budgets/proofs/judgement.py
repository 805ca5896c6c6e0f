"""What is stored, opened with the key of the run, beside what voters were told."""

import json
from collections import Counter
from dataclasses import dataclass

from civic_sourcing.budgets.casting.bulletin import PLACE
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.models import Ballot, BulletinEntry, VoteRun
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification


@dataclass(frozen=True)
class Stored:
    """
    All that a run holds while it is open: ``ballots`` (content by tracker), how many voters stand
    on the roll, how often the bulletin will name each tracker as cast and as changed, how many
    casts were logged.
    """

    ballots: dict[str, str]
    voters: int
    cast: Counter
    changed: Counter
    logged: int


def stored(run: VoteRun) -> Stored:
    """Open what the run holds now."""
    keys = keys_of(run, using="default")
    told = Counter(
        tuple(json.loads(keys.unseal(notice.sealed, place=PLACE))) for notice in run.notices.all()
    )
    told.update(run.bulletin.values_list("kind", "tracker"))
    envelopes = [
        json.loads(keys.unseal(each.sealed, place=f"envelope:{each.link}"))
        for each in run.envelopes.all()
    ]
    return Stored(
        ballots={each["tracker"]: each["content"] for each in envelopes},
        voters=run.roll.count(),
        cast=_of_kind(told, BulletinEntry.Kind.CAST),
        changed=_of_kind(told, BulletinEntry.Kind.CHANGED),
        logged=AuditEntry.objects.filter(
            action="civic_budgets.cast", subject_id=str(run.uuid)
        ).count(),
    )


def _of_kind(told, kind):
    return Counter({tracker: times for (said, tracker), times in told.items() if said == kind})


def judge(run, voters, *, in_order=True):
    """
    Every voter has one ballot, one that was acknowledged, and each cast is told of exactly once.

    ``in_order``: voters have cast one after the other, so it is the last.
    """
    held = stored(run)
    receipts = [tracker for voter in voters for _form, tracker in voter.receipts]
    known = {tracker: form.choice for voter in voters for form, tracker in voter.receipts}
    assert not [pair for voter in voters for pair in voter.unequal]
    assert held.voters == len(held.ballots) == len(voters)
    assert held.ballots.items() <= known.items()
    assert held.cast == Counter(receipts)
    assert held.changed == Counter(receipts) - Counter(list(held.ballots))
    assert held.logged == len(receipts)
    if in_order:
        assert held.ballots == {voter.last[1]: voter.last[0].choice for voter in voters}


def judge_closed(run, voters):
    """What is counted are the last acknowledged ballots; bulletin and ballots belong together."""
    ballots = dict(Ballot.objects.filter(run=run).values_list("mark", "content"))
    keys = keys_of(run, using="default")
    assert ballots == {keys.value("mark", voter.last[1]): voter.last[0].choice for voter in voters}
    assert not [pair for voter in voters for pair in voter.unequal]
    assert list(verify_runs(Verification(chain=run.process.uuid))) == []
