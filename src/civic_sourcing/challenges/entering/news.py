"""What solvers are told: receipts, teams, what becomes of an entry. Never what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import ENTRIES
from civic_sourcing.challenges.entering import teams
from civic_sourcing.challenges.entering.places import title_for, way_to
from civic_sourcing.challenges.models import Entry, TeamMember
from civic_sourcing.notifications.outbox import notify, send_mail_to

INVITED = _("You are asked to join a team: %(challenge)s")
INVITED_BODY = _(
    "%(captain)s would like you to take part in “%(challenge)s” together. You see the entry once "
    "you have joined, and you can leave again. You can also say no."
)
FOR_YOU = _("An entry was handed in for you: %(challenge)s")
FOR_YOU_BODY = _(
    "The office has entered something in your name in “%(challenge)s”, as you asked. Please look "
    "at it and say whether it is yours. It is not judged before you do."
)


def said(sentence: Any, process: Any, **values: Any) -> Callable[[Any], str]:
    """``sentence`` with the name of the challenge, and what ``values`` call, in their language."""
    title = title_for(process)

    def words(user: Any) -> str:
        told = {name: value() if callable(value) else value for name, value in values.items()}
        return str(sentence) % {"challenge": title(user), **told}

    return words


def tell(
    users: Iterable[Any], entry: Entry, subject: Any, body: Any, route: str, *args: Any, key: str
) -> None:
    notify(
        users,
        category=ENTRIES,
        subject=said(subject, entry.process),
        body=said(body, entry.process),
        url=way_to(entry.process, route, *args),
        about=entry.uuid,
        dedupe=f"{key}:{entry.uuid}",
    )


def team_users(entry: Entry) -> list[Any]:
    return [person.user for person in teams.people_of(entry) if person.user]


def tell_receipt(entry: Entry) -> None:
    """Tell the whole team that it is handed in; the receipt stands on its page."""
    tell(
        team_users(entry),
        entry,
        _("Handed in: %(challenge)s"),
        _(
            "The entry is handed in, and sealed until the deadline. Until then it can be replaced "
            "or taken back. Your receipt is at the address below."
        ),
        "receipt",
        entry.uuid,
        key=f"submitted:{entry.version}",
    )


def tell_invited(member: TeamMember) -> None:
    """Tell a registered person that a team would like to have them."""
    entry = member.entry
    captain = entry.captain.public_name if entry.captain else ""
    notify(
        [member.participant.user if member.participant else None],
        category=ENTRIES,
        subject=said(INVITED, entry.process),
        body=said(INVITED_BODY, entry.process, captain=captain),
        url=way_to(entry.process, "join", member.uuid),
        about=member.uuid,
    )


def write_to_invited(member: TeamMember, mail: str, token: str, language: str) -> None:
    """Write to somebody without an account, or whose account nobody looks up."""
    entry = member.entry
    captain = entry.captain.public_name if entry.captain else ""
    send_mail_to(
        mail,
        category=ENTRIES,
        subject=said(INVITED, entry.process),
        body=said(INVITED_BODY, entry.process, captain=captain),
        url=way_to(entry.process, "join_by_mail", token),
        language=language,
        about=member.uuid,
    )


def tell_joined(member: TeamMember) -> None:
    entry = member.entry
    tell(
        [entry.captain.user] if entry.captain else [],
        entry,
        _("Somebody joined your team: %(challenge)s"),
        _("Have a look at who is in the team now."),
        "team",
        entry.uuid,
        key=f"joined:{member.uuid}",
    )


def tell_leads(entry: Entry) -> None:
    tell(
        [entry.captain.user] if entry.captain else [],
        entry,
        _("You lead the team now: %(challenge)s"),
        _("It is yours now to hand the entry in, to replace it and to take it back."),
        "team",
        entry.uuid,
        key=f"leads:{entry.captain_id}",
    )


def tell_left(entry: Entry, *, is_whole: bool = True) -> None:
    """Tell the team that somebody left, and whether it is not handed in any more for that."""
    sentence = _("Somebody has left the team. Have a look at who is in it now.")
    if not is_whole:
        sentence = _(
            "Somebody has left whose role this challenge asks for, so your entry is not handed in "
            "any more. Please invite somebody else, and hand it in again before the deadline."
        )
    here = "-".join(str(person.pk) for person in teams.people_of(entry))
    tell(
        team_users(entry),
        entry,
        _("Your team has changed: %(challenge)s"),
        sentence,
        "team",
        entry.uuid,
        key=f"left:{here}",
    )


def tell_entered(entry: Entry, mail: str, token: str, language: str) -> None:
    """Ask whoever something was entered for whether it is theirs: by news, or by mail."""
    words = {
        "category": ENTRIES,
        "subject": said(FOR_YOU, entry.process),
        "body": said(FOR_YOU_BODY, entry.process),
        "about": entry.uuid,
    }
    if mail:
        url = way_to(entry.process, "verify_by_mail", token)
        send_mail_to(mail, url=url, language=language, **words)  # type: ignore[arg-type]
    elif entry.captain:
        url = way_to(entry.process, "verify", entry.uuid)
        notify([entry.captain.user], url=url, **words)  # type: ignore[arg-type]


def tell_waits(entry: Entry) -> None:
    """Tell the team that somebody's guardian has not consented, and that time runs."""
    tell(
        team_users(entry),
        entry,
        _("A guardian has to consent: %(challenge)s"),
        _("Your entry is not judged before the guardian of everybody too young has consented."),
        "receipt",
        entry.uuid,
        key="guardian",
    )


def tell_returned(entry: Entry, users: list[Any]) -> None:
    tell(
        users,
        entry,
        _("Your entry was erased: %(challenge)s"),
        _(
            "It was not chosen, and the time for which the city keeps it is over. All rights in "
            "it are yours; its fingerprint stays, so that you can prove when you handed it in."
        ),
        "enter",
        key="returned",
    )
