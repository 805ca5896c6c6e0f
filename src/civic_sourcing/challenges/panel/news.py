"""What judges are told, and what managers hear of judging. No letter says what an entry is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.categories import JUDGING, TO_MANAGE
from civic_sourcing.challenges.models import Assignment, Judge, Round
from civic_sourcing.challenges.roles import MANAGER
from civic_sourcing.notifications.outbox import notify, send_mail_to
from civic_sourcing.participants.eligibility.places import titles_of
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.policies import last_day
from civic_sourcing.processes.roles import people_with_role

INVITED_SUBJECT = _("Will you judge “%(challenge)s”?")
INVITED_BODY = _(
    "The city would like you on the panel of “%(challenge)s”. The page behind the link says what "
    "judges do and until when. There you can accept or decline."
)


def ask_to_judge(judge: Judge) -> None:
    """Invite somebody who has an account."""
    notify(
        [judge.participant.user if judge.participant else None],
        category=JUDGING,
        subject=_titled(INVITED_SUBJECT, judge.process),
        body=_titled(INVITED_BODY, judge.process),
        url=lambda user: panel_path(judge),
        about=judge.uuid,
    )


def write_to_judge(judge: Judge, address: str, token: str) -> None:
    """Invite somebody by letter; the link is the invitation."""
    send_mail_to(
        address,
        category=JUDGING,
        subject=_titled(INVITED_SUBJECT, judge.process),
        body=_titled(INVITED_BODY, judge.process),
        url=lambda user: reverse("civic_judging:invitation", args=[token]),
        about=judge.uuid,
    )


def tell_assigned(judge: Judge, round_: Round, number: int, at: datetime) -> None:
    """Tell a judge how many entries there are to score, and until when."""

    def words(user: Any) -> str:
        sentence = ngettext(
            "You have %(number)d entry to judge in “%(challenge)s”.",
            "You have %(number)d entries to judge in “%(challenge)s”.",
            number,
        )
        return sentence % {"number": number, "challenge": title_of(round_.process)}

    notify(
        [judge.participant.user if judge.participant else None],
        category=JUDGING,
        subject=words,
        body=_until(round_),
        url=lambda user: panel_path(judge),
        about=judge.uuid,
        dedupe=f"assigned:{judge.uuid}:{round_.pk}:{at.isoformat()}",
    )


def tell_of_conflict(assignment: Assignment) -> None:
    """Tell the managers that an entry needs another judge."""
    process = assignment.round.process
    notify(
        people_with_role(MANAGER, process),
        category=TO_MANAGE,
        subject=_titled(_("A judge of “%(challenge)s” declared a conflict of interest"), process),
        body=_("The entry is closed for this judge. Assign entries again to fill the gap."),
        url=lambda user: desk_path(process, assignment.round),
        about=process.uuid,
    )


def remind(round_: Round, at: datetime, *, once: str) -> int:
    """
    Remind everybody with entries to score; with the same ``once`` nobody hears of it twice.

    Returns how many were told.
    """
    told = 0
    rows = Assignment.objects.open().filter(round=round_).values_list("judge", flat=True)
    judges = Judge.objects.filter(pk__in=rows).select_related("participant__user", "process")
    for judge in judges:
        now = notify(
            [judge.participant.user if judge.participant else None],
            category=JUDGING,
            subject=_titled(_("Entries of “%(challenge)s” wait for your scores"), judge.process),
            body=_until(round_),
            url=lambda user, judge=judge: panel_path(judge),
            about=judge.uuid,
            dedupe=f"remind:{round_.pk}:{judge.pk}:{once}",
        )
        if now:
            Judge.objects.filter(pk=judge.pk).update(reminded_at=at)
        told += now
    return told


def panel_path(judge: Judge) -> str:
    """Where a judge sees what there is to do in one challenge."""
    return reverse("civic_judging:panel", args=[judge.uuid])


def desk_path(process: Process, round_: Round | None = None) -> str:
    """Where managers lead the judging."""
    if round_ is None:
        return reverse("civic_judging_admin:panel", args=[process.uuid])
    return reverse("civic_judging_admin:round", args=[process.uuid, round_.number])


def title_of(process: Process) -> str:
    """What the challenge is called, in the active language."""
    return titles_of([process])[process.pk]


def _titled(sentence: Any, process: Process) -> Any:
    return lambda user: str(sentence) % {"challenge": title_of(process)}


def _until(round_: Round) -> Any:
    if round_.judging_until is None:
        return ""
    until = round_.judging_until
    return lambda user: str(_("Judging ends on %(date)s.")) % {"date": last_day(until)}
