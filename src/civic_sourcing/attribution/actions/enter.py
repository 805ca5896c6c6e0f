"""What came on paper or out of a workshop: entered by staff, linked to its author later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.credits.policies import may_enter
from civic_sourcing.attribution.credits.records import end_credit, grant
from civic_sourcing.attribution.entering.codes import MOST_CODES, make_codes
from civic_sourcing.attribution.kinds import Entry, contribution_kind
from civic_sourcing.attribution.ledger import Terms
from civic_sourcing.attribution.models import (
    Channel,
    ClaimCode,
    Contribution,
    Credit,
    CreditState,
    Provenance,
    Role,
    Scan,
)
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.core.uploads import Received
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.models import Process


class EnterForSomebody(Action[Process]):
    """
    Enter what somebody handed in on paper or at a workshop, as they wrote it.

    Takes ``kind`` (of contribution), ``title``, ``text``, ``language`` and ``channel``; optionally
    ``name_on_paper`` where the person wants to be named, ``place`` (public), ``note`` (for the
    office), ``scan`` (checked by ``core.uploads``), ``terms``, and the ``number`` of claim codes.
    The codes are in ``self.codes`` this once; the result is the contribution.
    """

    verb = "enter"
    announces = signals.contribution_entered
    policy = may_enter

    kind: str
    title: str
    text: str
    language: str
    channel: str
    name_on_paper: str = ""
    place: str = ""
    note: str = ""
    scan: Received | None = None
    terms: Terms | None = None
    number: int = 1

    def check(self) -> None:
        if self.channel not in (Channel.PAPER, Channel.WORKSHOP):
            raise ActionRefused(
                _("Only what came on paper or out of a workshop is entered for somebody."),
                code="channel",
            )
        if not 0 <= self.number <= MOST_CODES:
            raise ActionRefused(
                _("At most %(most)s claim codes are printed for one contribution."),
                code="too-many-codes",
                most=MOST_CODES,
            )

    def perform(self) -> Contribution:
        entered_by = Participant.objects.of(self.by)
        entry = Entry(
            title=self.title,
            text=self.text,
            language=self.language,
            channel=self.channel,
            entered_by=entered_by,
            terms=self.terms,
            by=self.by,
        )
        contribution = contribution_kind(self.kind).enter(self.subject, entry)
        if self.place or self.note:
            Provenance.objects.create(contribution=contribution, place=self.place, note=self.note)
        if self.name_on_paper:
            Credit.objects.create(
                contribution=contribution,
                name_on_paper=self.name_on_paper,
                role=Role.ORIGINATOR,
                state=CreditState.CREDITED,
                created_at=self.at,
            )
        if self.scan is not None:
            Scan.holding(self.scan, contribution=contribution).save()
        self.codes = make_codes(contribution, self.number, at=self.at)
        return contribution

    def audit_details(self) -> dict[str, Any]:
        return {
            "contribution": str(self.result.uuid),
            "channel": str(self.channel),
            "codes": self.number,
            "scan": self.scan is not None,
        }

    def content(self) -> Mapping[str, Any]:
        words = {name: self.arguments.get(name, "") for name in ("title", "text", "channel")}
        return {"subject": self.subject, **words}


class ClaimByCode(Action[ClaimCode]):
    """
    Become an author of what was entered on paper. The result is the contribution.

    The first claim makes the author; every further code of the same sheet another originator. A
    name on paper gives way where there is one code only. Refused as ``used``, ``revoked``,
    ``mine-already``, or ``own-entry`` for whoever typed it in.
    """

    verb = "claim_by_code"
    announces = signals.contribution_claimed_by_code
    policy = SignedIn() & InGoodStanding()

    contribution: Contribution

    def fresh_subject(self) -> Any:
        keys = ClaimCode.objects.filter(pk=self.subject.pk).values("contribution")
        rows = Contribution.objects.select_for_update(no_key=True)
        self.contribution = rows.get(pk__in=keys)
        return super().fresh_subject()

    def check(self) -> None:
        code, contribution = self.subject, self.contribution
        self.person = Participant.objects.of(self.by)
        if code.revoked_at is not None:
            raise ActionRefused(
                _("This code was revoked. The office that gave it to you can help."), code="revoked"
            )
        if self._is_mine_already():
            raise ActionRefused(_("This contribution is yours already."), code="mine-already")
        if code.used_by_id is not None:
            raise ActionRefused(
                _("This code has been used. If that was not you, please tell the office."),
                code="used",
            )
        if contribution.entered_by_id == self.person.pk:
            raise ActionRefused(
                _("You entered this for somebody else, so the code is not for you."),
                code="own-entry",
            )

    def perform(self) -> Contribution:
        contribution, person = self.contribution, self.person
        self.subject.used_by, self.subject.used_at = person, self.at
        self.subject.save(update_fields=["used_by", "used_at"])
        if contribution.author_id is None:
            contribution.author = person
            contribution.save(update_fields=["author"])
        else:
            grant(contribution, person, Role.ORIGINATOR, at=self.at, state=CreditState.ACCEPTED)
        self._replace_name_on_paper()
        return contribution

    def audit_subject(self) -> tuple[str, str]:
        return Contribution._meta.label_lower, str(self.contribution.uuid)

    def _is_mine_already(self) -> bool:
        if self.contribution.author_id == self.person.pk:
            return True
        mine = self.contribution.credits.active().filter(participant=self.person)
        return mine.filter(role=Role.ORIGINATOR).exists()

    def _replace_name_on_paper(self) -> None:
        if self.contribution.claim_codes.count() > 1:
            return
        for credit in self.contribution.credits.active().exclude(name_on_paper=""):
            credit.name_on_paper = ""
            end_credit(credit, CreditState.WITHDRAWN, at=self.at)
