"""Names: what is blacked out for judges, what judges are called, and what an entry is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.challenges.models import Entry, Judge, JudgeState, TeamMember
from civic_sourcing.participants.models import Participant

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 6


def alias_of(entry: Entry) -> str:
    """
    What judges call an entry where they do not learn whose it is: six letters and digits.

    They follow from its random identifier, so they tell nothing of order, title or author and stay
    the same through all phases; with a thousand entries two are alike once in two thousand times.
    """
    digest = hashlib.sha256(f"civic_challenges.alias:{entry.uuid}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _place in range(LETTERS):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return _("Entry %(alias)s") % {"alias": "".join(letters)}


def solvers_of(entry: Entry) -> list[Participant]:
    """The captain, and everybody who ever joined the team."""
    members = TeamMember.objects.filter(entry=entry, joined_at__isnull=False)
    keys = {entry.captain_id, *members.values_list("participant", flat=True)} - {None}
    return list(Participant.objects.filter(pk__in=keys).select_related("user").order_by("pk"))


def names_of(entry: Entry) -> set[str]:
    """Everything its solvers are called here: team, public names, accounts."""
    names = {entry.team_name}
    for person in solvers_of(entry):
        names |= {person.name, *_of_account(person.user)}
    return {name for name in names if name}


def _of_account(user: Any) -> Iterator[str]:
    if user is None:
        return
    yield user.get_username()
    yield user.get_full_name() if hasattr(user, "get_full_name") else ""
    first, last = getattr(user, "first_name", ""), getattr(user, "last_name", "")
    if first and last:
        yield f"{last} {first}"
        yield f"{last}{first}"


def judge_label(judge: Judge) -> str:
    """What other judges and solvers call a judge: “Judge B”."""
    return _("Judge %(letter)s") % {"letter": judge.alias or "?"}


def next_alias(process: Any) -> str:
    """A, B, … Z, AA, AB …: the first that no judge of this challenge has had."""
    number = Judge.objects.filter(process=process).exclude(alias="").count()
    taken = set(Judge.objects.filter(process=process).values_list("alias", flat=True))
    while (alias := _letters(number)) in taken:
        number += 1
    return alias


def _letters(number: int) -> str:
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def panel_of(process: Any) -> list[Judge]:
    """Judges who accepted and did not step down, without those who have an entry themselves."""
    solvers = solver_keys(process)
    judges = Judge.objects.filter(process=process, state=JudgeState.ACCEPTED)
    return [
        judge
        for judge in judges.select_related("participant__user")
        if judge.participant_id not in solvers
    ]


def solver_keys(process: Any) -> set[int]:
    """Keys of all participants who lead an entry of the challenge or joined its team."""
    entries = Entry.objects.filter(process=process)
    members = TeamMember.objects.filter(entry__process=process, joined_at__isnull=False)
    keys = {
        *entries.values_list("captain", flat=True),
        *members.values_list("participant", flat=True),
    }
    return keys - {None}
