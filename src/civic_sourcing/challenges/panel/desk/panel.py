"""The panel of a challenge: who was asked, who accepted, how much each has done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.challenges.models import Assignment, ConflictState, Judge, JudgeState
from civic_sourcing.challenges.panel.actions import InviteJudge, RemoveJudge
from civic_sourcing.challenges.panel.desk.base import FOLDER, address
from civic_sourcing.challenges.panel.desk.forms import InviteForm
from civic_sourcing.challenges.panel.desk.together import TogetherScreen

INVITE, REMOVE = "invite", "remove"


@dataclass(frozen=True)
class JudgeLine:
    """A member of the panel with numbers: entries assigned, scored, and closed by conflicts."""

    judge: Judge
    assigned: int
    done: int
    conflicts: int

    @property
    def name(self) -> str:
        person = self.judge.participant
        return person.public_name if person else _("invited by letter")

    @property
    def can_remove(self) -> bool:
        return self.judge.state in (JudgeState.INVITED, JudgeState.ACCEPTED)


def lines_of(process: Any) -> list[JudgeLine]:
    """The panel, in the order of invitation."""
    judges = Judge.objects.filter(process=process).select_related("participant__user")
    rows = Assignment.objects.filter(round__process=process).select_related("sheet")
    mine: dict[int, list[Assignment]] = {}
    for row in rows:
        mine.setdefault(row.judge_id, []).append(row)
    return [line_of(judge, mine.get(judge.pk, [])) for judge in judges]


def line_of(judge: Judge, rows: list[Assignment]) -> JudgeLine:
    live = [row for row in rows if row.ended_at is None]
    sheets = [getattr(row, "sheet", None) for row in live]
    return JudgeLine(
        judge=judge,
        assigned=len(live),
        done=sum(sheet is not None and sheet.completed_at is not None for sheet in sheets),
        conflicts=sum(row.conflict == ConflictState.CONFLICT for row in rows),
    )


class PanelScreen(TogetherScreen):
    """Invite judges, take invitations back, and go on to the phases."""

    template_name = f"{FOLDER}/panel.html"
    steps = {INVITE: "invite", REMOVE: "remove"}

    def make_forms(self) -> dict[str, Any]:
        return {INVITE: self.make_form(INVITE, InviteForm)}

    def invite(self, form: InviteForm) -> None:
        self.done = _("The invitation is on its way.")
        InviteJudge(self.facts, by=self.request.user, **form.arguments()).execute()

    def remove(self, form: Any) -> None:
        self.done = _("Taken off the panel.")
        judges = Judge.objects.filter(process=self.process)
        RemoveJudge(self.found(judges, self.about), by=self.request.user).execute()

    @property
    def next_url(self) -> str:
        return address("panel", self.process.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"lines": lines_of(self.process)}
