"""
What people hear about a claim: parties, stewards, and administrators where nobody acts.

Subjects name the contribution and never what somebody said. All of it is dropped when a claim is
withdrawn from sight by an erasure (``notifications.withdraw``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims.people import administrators, stewards_for
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.models import Claim, ClaimDecision, ClaimStatement
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.policies import written

PARTIES = Category(
    "civic_attribution.claims",
    _("Ownership claims"),
    _("Claims you filed or are asked to answer, with their deadlines."),
    can_turn_off=False,
)
STEWARDS = Category(
    "civic_attribution.claims_to_decide",
    _("Ownership claims to decide"),
    _("For stewards: claims that wait for a decision."),
    can_turn_off=False,
    for_office=True,
)


def register_categories() -> None:
    for category in (PARTIES, STEWARDS):
        register_category(category)


def tell_filed(claim: Claim) -> None:
    """The other side is asked to answer; the claimant has a confirmation; stewards know."""
    _tell(
        claim.respondents.all(),
        claim,
        _("Please answer: somebody says that “%(title)s” uses their work"),
        _("You have until %(date)s. Then a steward decides with what is known by then."),
        date=_date(claim.due_at),
    )
    _tell(
        [claim.claimant],
        claim,
        _("We have received your claim to “%(title)s”"),
        _("First the other side is heard, then a steward decides. We will write to you."),
    )
    tell_stewards(claim)


def tell_answered(claim: Claim, statement: ClaimStatement) -> None:
    """The other side sees the answer; stewards can decide."""
    _tell(
        [person for person in claim.people() if person != statement.participant],
        claim,
        _("There is an answer in the claim to “%(title)s”"),
        _("Now a steward decides. We will write to you."),
    )
    tell_stewards(claim)


def tell_stewards(claim: Claim) -> None:
    """Whoever may decide it knows what it waits for and until when."""
    sentence = (
        _("The other side is heard until %(date)s.")
        if claim.stage in (Stage.FILED, Stage.APPEALED)
        else _("It waits for a decision, which is due on %(date)s.")
    )
    _tell_office(stewards_for(claim), claim, _("Claim to “%(title)s”"), sentence)


def tell_decided(claim: Claim, decision: ClaimDecision) -> None:
    _tell(
        claim.people(),
        claim,
        _("Decided: the claim to “%(title)s”"),
        _(
            "%(outcome)s. The reasons are on the page of the claim. Until %(date)s either side "
            "can appeal to another steward; then it takes effect."
        ),
        outcome=_outcome(decision),
        date=_date(claim.due_at),
    )


def tell_appealed(claim: Claim, appellant: Participant) -> None:
    side = claim.side_of(appellant)
    _tell(
        [person for person in claim.people() if claim.side_of(person) != side],
        claim,
        _("Please answer: the decision about “%(title)s” was appealed"),
        _("You have until %(date)s. Then another steward decides, and that is final."),
        date=_date(claim.due_at),
    )
    _tell(
        [person for person in claim.people() if claim.side_of(person) == side],
        claim,
        _("We have received the appeal about “%(title)s”"),
        _("First the other side is heard, then another steward decides, and that is final."),
    )
    tell_stewards(claim)


def tell_final(claim: Claim, decision: ClaimDecision) -> None:
    _tell(
        claim.people(),
        claim,
        _("Final: the claim to “%(title)s”"),
        _("%(outcome)s. From now on the page shows it."),
        outcome=_outcome(decision),
    )


def tell_withdrawn(claim: Claim) -> None:
    _tell(
        claim.respondents.all(),
        claim,
        _("The claim to “%(title)s” was withdrawn"),
        _("Nothing changes, and nothing is left for you to do."),
    )
    _tell_office(
        stewards_for(claim),
        claim,
        _("Claim to “%(title)s” withdrawn"),
        _("There is nothing left to decide."),
    )


def remind(claim: Claim) -> int:
    """Remind whoever has to act before ``due_at``, once for each deadline."""
    key = f"{claim.uuid}:{claim.state}:reminder"
    if claim.stage in (Stage.HEARD, Stage.REHEARD):
        return _tell_office(
            stewards_for(claim),
            claim,
            _("Please decide soon: the claim to “%(title)s”"),
            _("The decision is due on %(date)s."),
            dedupe=key,
        )
    silent, sentence = _who_may_still_act(claim)
    return _tell(
        silent,
        claim,
        _("A deadline is near in the claim to “%(title)s”"),
        sentence,
        dedupe=key,
        date=_date(claim.due_at),
    )


def escalate(claim: Claim, week: int) -> int:
    """Tell stewards and administrators, once a week, that a decision is overdue."""
    people = {user.pk: user for user in [*stewards_for(claim), *administrators()]}
    return _tell_office(
        people.values(),
        claim,
        _("Overdue: the claim to “%(title)s”"),
        _("The decision was due on %(date)s, and both sides are waiting."),
        dedupe=f"{claim.uuid}:{claim.state}:overdue:{week}",
    )


def _who_may_still_act(claim: Claim) -> tuple[list[Participant], Promise]:
    said = set(claim.statements.values_list("participant_id", "part"))
    if claim.stage == Stage.DECIDED:
        accepted = {pk for pk, part in said if part == ClaimStatement.Part.ACCEPTANCE}
        people = [person for person in claim.people() if person.pk not in accepted]
        return people, _("Until %(date)s you can appeal the decision. Then it is final.")
    appellant = claim.appellant
    first = claim.side_of(appellant or claim.claimant)
    people = [person for person in claim.people() if claim.side_of(person) != first]
    return people, _("You can still answer until %(date)s.")


def _tell(
    people: Iterable[Participant],
    claim: Claim,
    subject: Promise,
    body: Promise,
    *,
    dedupe: str | None = None,
    **values: Any,
) -> int:
    return notify(
        [person.user for person in people],
        category=PARTIES.key,
        subject=_filled(subject, claim, values),
        body=_filled(body, claim, values),
        url=reverse("civic_attribution:claim", args=[claim.uuid]),
        about=claim.uuid,
        dedupe=dedupe,
    )


def _tell_office(
    users: Iterable[Any],
    claim: Claim,
    subject: Promise,
    body: Promise,
    *,
    dedupe: str | None = None,
) -> int:
    values = {"date": _date(claim.due_at)}
    return notify(
        users,
        category=STEWARDS.key,
        subject=_filled(subject, claim, values),
        body=_filled(body, claim, values),
        url=reverse("civic_claims_admin:decide", args=[claim.uuid]),
        about=claim.uuid,
        dedupe=dedupe,
    )


def _filled(sentence: Promise, claim: Claim, values: dict[str, Any]) -> Any:
    def words(user: Any) -> str:
        said = {name: value() if callable(value) else value for name, value in values.items()}
        return filled(sentence, title=claim.contribution.name_in_news, **said)(user)

    return words


def _date(moment: datetime | None) -> Any:
    """Written only when it is known in which language."""
    return lambda: written(moment) if moment else ""


def _outcome(decision: ClaimDecision) -> Any:
    return decision.get_outcome_display
