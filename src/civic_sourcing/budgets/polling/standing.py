"""Of two ballots of one voter, on paper and online, one counts: the town's rule says which."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots.rulebook import OnPaper
from civic_sourcing.budgets.models import Ballot, PaperKey, PaperVoter, RollEntry, VoteRun
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.exceptions import ActionRefused


def paper_of(run: VoteRun, voter_key: str, *, using: str) -> PaperVoter | None:
    """The paper of the voter with this key, if it counts."""
    if frozen(run).on_paper == OnPaper.NONE:
        return None
    keys = PaperKey.objects.using(using).select_related("voter")
    key = keys.filter(run=run, voter_key=voter_key, counts=True).first()
    return key.voter if key else None


def refuse_after_paper(run: VoteRun, paper: PaperVoter | None) -> None:
    """Refuse a cast online (``voted-on-paper``) where the paper counts whatever comes later."""
    if paper is not None and frozen(run).on_paper == OnPaper.PAPER:
        raise ActionRefused(
            _(
                "You have voted on paper, at a polling place, and that ballot counts. So nothing "
                "was recorded here."
            ),
            code="voted-on-paper",
        )


def take_back(paper: PaperVoter, state: str, *, using: str) -> None:
    """Let a paper no longer count; its envelope, if it has one, is taken out unopened."""
    paper.state = state
    paper.save(update_fields=["state"], using=using)
    PaperKey.objects.using(using).filter(voter=paper).update(counts=False)


def was_on_paper(run: VoteRun, voter_key: str, *, using: str) -> bool:
    """Whether this voter was ever listed at a polling place, be it by mistake."""
    return PaperKey.objects.using(using).filter(run=run, voter_key=voter_key).exists()


def voters_by_area(run: VoteRun, *, using: str) -> Counter[str]:
    """How many people have voted, on paper or online, each of them once, by where they live."""
    found: Counter[str] = Counter()
    for (area, _channel), number in voters_by_area_and_channel(run, using=using).items():
        found[area] += number
    return found


def voters_by_area_and_channel(run: VoteRun, *, using: str) -> Counter[tuple[str, str]]:
    """The same, told apart by how they voted: ``Ballot.Channel.ONLINE`` or ``PAPER``."""
    superseded_entries = PaperKey.objects.using(using).superseded(run)
    roll = RollEntry.objects.using(using).filter(run=run).exclude(pk__in=superseded_entries)
    papers = PaperVoter.objects.using(using).filter(run=run, state=PaperVoter.State.COUNTS)
    found: Counter[tuple[str, str]] = Counter()
    for channel, rows in ((Ballot.Channel.ONLINE, roll), (Ballot.Channel.PAPER, papers)):
        by_area = rows.order_by().values_list("area").annotate(number=Count("*"))
        found.update({(area, str(channel)): number for area, number in by_area})
    return found


def superseded(run: VoteRun, *, using: str) -> int:
    """How many entries of the roll stand for a ballot online that does not count."""
    return PaperKey.objects.using(using).superseded(run).count()
