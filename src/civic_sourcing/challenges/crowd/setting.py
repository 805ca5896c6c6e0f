"""What managers say of votes beside the panel, before the challenge opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.crowd.votes import ENTRANTS
from civic_sourcing.challenges.editorial.changing import ChangeChallenge, Row, settle_rows
from civic_sourcing.challenges.models import CrowdKind, CrowdVote, Round
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.eligibility.verifiers import find_verifier_kind

OF_VOTE = ("kind", "wait_days", "days", "most", "conditions")
MOST_DAYS, MOST_ENTRIES = 365, 20


class SetCrowdVotes(ChangeChallenge):
    """
    Say whether the public votes on a phase, and whether its solvers score each other.

    Takes the ``round`` and ``votes`` as mappings with fields of ``CrowdVote``. Refused: the same
    kind twice (``twice``), one that ends after judging does (``after-judging``), a number or a
    condition that cannot be (``invalid``). Frozen once the challenge has opened.
    """

    verb = "set_crowd_votes"

    round: Round
    votes: Sequence[Row]

    def check(self) -> None:
        super().check()
        if self.round.process_id != self.subject.pk:
            raise ValueError(f"{self.round!r} is no phase of {self.subject!r}.")
        kinds = [row["kind"] for row in self.votes]
        if len(set(kinds)) != len(kinds):
            raise ActionRefused(_("Each kind of vote is there once."), code="twice")
        for row in self.votes:
            self._check_row(row)

    def _check_row(self, row: Row) -> None:
        in_bounds = (
            row["kind"] in CrowdKind.values
            and 0 <= row["wait_days"] <= MOST_DAYS
            and 1 <= row["days"] <= MOST_DAYS
            and 1 <= row["most"] <= MOST_ENTRIES
        )
        own = [key for key in row.get("conditions", ()) if key != ENTRANTS]
        if not in_bounds or not all(find_verifier_kind(key) for key in own):
            raise ActionRefused(_("This vote cannot be held like that."), code="invalid")
        planned = CrowdVote(round=self.round, wait_days=row["wait_days"], days=row["days"])
        closes_at, judged = planned.closes_at, self.round.judging_until
        if closes_at and judged and closes_at > judged:
            raise ActionRefused(
                _("The vote would end after judging does. Let it begin earlier or be shorter."),
                code="after-judging",
            )

    def write(self) -> None:
        settle_rows(
            self.votes,
            CrowdVote.objects.filter(round=self.round),
            lambda: CrowdVote(round=self.round),
            OF_VOTE,
        )

    def audit_details(self) -> dict[str, Any]:
        votes = [row["kind"] for row in self.votes]
        return {**super().audit_details(), "phase": self.round.number, "votes": votes}
