"""What people are told about credits and about what becomes of their contributions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution, Credit, Role
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify, send_mail_to
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.models import Participant

CREDITS = Category(
    "civic_attribution.credits",
    _("Credits"),
    _("Invitations to be named with a contribution, their answers, and shares."),
    can_turn_off=False,
)
DERIVATIONS = Category(
    "civic_attribution.derivations",
    _("What becomes of contributions"),
    _("When something you handed in or support is merged, split or taken further."),
)


def register_categories() -> None:
    register_category(CREDITS)
    register_category(DERIVATIONS)


def tell_invited(credit: Credit, inviter: Participant) -> None:
    """Tell a registered person that somebody would name them."""
    notify(
        [credit.participant.user if credit.participant else None],
        category=CREDITS.key,
        subject=filled(_("%(person)s would name you as %(role)s"), **_words(credit, inviter)),
        body=filled(INVITATION, **_words(credit, inviter)),
        url=credits_path(credit.contribution),
        about=credit.uuid,
    )


def write_to_invited(
    credit: Credit, inviter: Participant, *, address: str, token: str, language: str
) -> None:
    """Write to somebody without an account, or whose account nobody looks up."""
    send_mail_to(
        address,
        category=CREDITS.key,
        subject=filled(_("%(person)s would name you as %(role)s"), **_words(credit, inviter)),
        body=filled(INVITATION, **_words(credit, inviter)),
        url=reverse("civic_attribution:invitation", args=[token]),
        language=language,
        about=credit.uuid,
    )


INVITATION = _(
    "%(person)s wants to name you as %(role)s of “%(title)s”. Nothing is shown unless you accept. "
    "You can also decline, or take your name back later."
)


def tell_answer(credit: Credit, sentence: Any) -> None:
    """Tell whoever invited what the answer is; ``sentence`` knows person, role and title."""
    if credit.invited_by is None:
        return
    words = _words(credit, credit.participant)
    notify(
        [credit.invited_by.user],
        category=CREDITS.key,
        subject=filled(sentence, **words),
        url=credits_path(credit.contribution),
        about=credit.uuid,
    )


def tell_shares(contribution: Contribution, people: Iterable[Participant], *, by: Any) -> None:
    """Tell everybody in the circle but ``by`` that shares were set."""
    users = [person.user for person in people if person.user and person.user != by]
    notify(
        users,
        category=CREDITS.key,
        subject=filled(_("The shares in “%(title)s” were set"), title=contribution.name_in_news),
        body=_("If you do not agree, talk to each other first; the page says what else helps."),
        url=credits_path(contribution),
        about=contribution.uuid,
    )


def tell_derived(
    source: Contribution, target: Contribution, *, authors: Any, supporters: Any
) -> None:
    """Tell the authors and supporters of ``source`` what became part of ``target``."""
    values = {"source": source.title, "target": target.title}
    told = _users_behind(source)
    _tell(told, source, target, filled(authors, **values), AUTHORS_KEEP)
    affected = [person.user for person in source.kind_of.affected(source)]
    others = [user for user in affected if user and user not in told]
    _tell(others, source, target, filled(supporters, **values), SUPPORT_STAYS)


AUTHORS_KEEP = _(
    "Your text stays readable as you wrote it, and you are named with the new one. Nobody speaks "
    "in your name without asking you."
)
SUPPORT_STAYS = _("Your support stays where you gave it. Have a look at the new text.")


def credits_path(contribution: Contribution) -> str:
    return reverse("civic_attribution:credits", args=[contribution.uuid])


def _tell(
    users: list[Any],
    source: Contribution,
    target: Contribution,
    subject: Callable[[Any], str],
    body: Any,
) -> None:
    notify(
        users,
        category=DERIVATIONS.key,
        subject=subject,
        body=body,
        url=credits_path(target),
        about=target.uuid,
        dedupe=f"derived:{source.uuid}:{target.uuid}",
    )


def _users_behind(contribution: Contribution) -> list[Any]:
    credits = contribution.credits.active().select_related("participant__user")
    people = [credit.participant for credit in credits if credit.participant]
    people += [contribution.author] if contribution.author else []
    return [person.user for person in people if person.user]


def _words(credit: Credit, person: Participant | None) -> dict[str, Any]:
    return {
        "person": person.public_name if person else _("Somebody invited by mail"),
        "role": Role(credit.role).label,
        "title": credit.contribution.name_in_news,
    }
