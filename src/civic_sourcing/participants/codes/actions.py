"""Making, revoking, replacing and redeeming codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.codes.crockford import SYMBOLS, Mistyped, new_code
from civic_sourcing.participants.codes.digests import code_digest
from civic_sourcing.participants.eligibility.conf import conf
from civic_sourcing.participants.eligibility.roles import is_at_the_desk, is_registrar
from civic_sourcing.participants.models import (
    CodeBatch,
    CodePurpose,
    Participant,
    Register,
    RegisterEntry,
    VotingCode,
)
from civic_sourcing.participants.policies import InGoodStanding, Oneself
from civic_sourcing.processes.models import Process

State = VotingCode.State
WRITTEN_AT_ONCE = 1000

MISTYPED = {
    "length": _(
        "This code is not complete, or it has a symbol too many. Please check it: a code has "
        "%(symbols)d letters and digits."
    ),
    "symbol": _(
        "There is a symbol in this code that no code has. Please check it: codes have letters and "
        "digits only."
    ),
    "check": _(
        "Something in this code is mistyped. Please check it: one symbol is wrong, or two have "
        "changed places."
    ),
}
NOT_VALID = _(
    "This code is not valid here. Please compare it once more with your card or letter. If it is "
    "the same, turn to: %(office)s."
)


@dataclass(frozen=True)
class PrintedCode:
    """A code in plain text on its way to the printer; kept nowhere."""

    serial: str
    code: str


@dataclass(frozen=True)
class MadeBatch:
    """A batch and its codes in plain text: the only time they are known."""

    batch: CodeBatch
    codes: list[PrintedCode]


class MakeCodeBatch(Action[Process]):
    """
    Make ``count`` codes for ``purpose``, or one for every entry of ``register``.

    The result is a ``MadeBatch``: its plain text exists in this answer only, so take no
    idempotency key. ``uuid`` (from the form) lets the same form make one batch only.
    """

    verb = "make_code_batch"
    policy = SignedIn() & is_registrar()

    purpose: str
    count: int = 0
    note: str = ""
    register: Register | None = None
    uuid: UUID

    def check(self) -> None:
        if CodeBatch.objects.filter(uuid=self.uuid).exists():
            raise ActionRefused(
                _(
                    "These codes were already made and downloaded. They cannot be shown again: if "
                    "the file is lost, revoke the batch and make a new one."
                ),
                code="already-made",
            )
        if self.register is not None and self.register.process_id != self.subject.pk:
            raise ActionRefused(
                _("This register belongs to another process."), code="other-process"
            )
        self.entries = list(self.register.entries.order_by("number")) if self.register else []
        self.size = len(self.entries) if self.register else self.count
        if not 1 <= self.size <= conf.CODE_BATCH_MOST:
            raise ActionRefused(
                _("Between 1 and %(most)d codes can be made at once."),
                code="wrong-count",
                most=conf.CODE_BATCH_MOST,
            )

    def perform(self) -> MadeBatch:
        batch = CodeBatch.objects.create(
            uuid=self.uuid,
            process=self.subject,
            register=self.register,
            purpose=CodePurpose(self.purpose),
            count=self.size,
            note=self.note,
            made_at=self.at,
            printed_at=self.at,
        )
        entries: Iterable[RegisterEntry | None] = self.entries or [None] * self.size
        rows, printed = [], []
        for number, entry in enumerate(entries, start=1):
            row, code = fresh_code(batch, number, entry)
            rows.append(row)
            printed.append(code)
        VotingCode.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
        return MadeBatch(batch, printed)

    def audit_details(self) -> dict[str, Any]:
        return {
            "batch": str(self.uuid),
            "purpose": str(self.purpose),
            "count": self.size,
            "register": str(self.register.uuid) if self.register else None,
        }


def fresh_code(
    batch: CodeBatch, number: int, entry: RegisterEntry | None
) -> tuple[VotingCode, PrintedCode]:
    """Draw a code: the row that is kept (unsaved), and the plain text that is not."""
    text = new_code()
    row = VotingCode(batch=batch, number=number, digest=code_digest(text), entry=entry)
    return row, PrintedCode(row.serial, text)


class RevokeBatch(Action[CodeBatch]):
    """
    Make every code of a batch worthless, used ones included: nobody is a holder by it any more.

    For a batch that was stolen, copied or misprinted. Cannot be taken back.
    """

    verb = "revoke_batch"
    policy = SignedIn() & is_registrar()

    def check(self) -> None:
        if self.subject.revoked_at is not None:
            raise ActionRefused(_("This batch was already revoked."), code="already-revoked")

    def perform(self) -> CodeBatch:
        self.subject.revoked_at = self.at
        self.subject.save(update_fields=["revoked_at"])
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"used": self.subject.codes.filter(state=State.USED).count()}


class ReplaceCode(Action[VotingCode]):
    """
    Void a lost code and give out another one. The result is its ``PrintedCode``, known only now.

    The desk needs no plain text: ``find_code`` finds the old code by its number or by the person's
    entry in the register. A code that was used is not replaced.
    """

    verb = "replace_code"
    policy = SignedIn() & is_at_the_desk()

    def check(self) -> None:
        if self.subject.batch.revoked_at is not None:
            raise ActionRefused(
                _("This batch was revoked, so its codes are not replaced."), code="revoked"
            )
        if self.subject.state == State.USED:
            raise ActionRefused(
                _("This code was already used, so it is not replaced."), code="used"
            )
        if self.subject.state == State.VOID:
            raise ActionRefused(_("This code was already replaced."), code="void")

    def perform(self) -> PrintedCode:
        old = self.subject
        batch = CodeBatch.objects.select_for_update(no_key=True).get(pk=old.batch_id)
        last = batch.codes.aggregate(last=models.Max("number"))["last"]
        old.state, old.voided_at = State.VOID, self.at
        old.save(update_fields=["state", "voided_at"])
        row, printed = fresh_code(batch, last + 1, old.entry)
        row.save(force_insert=True)
        old.replaced_by = row
        old.save(update_fields=["replaced_by"])
        return printed

    def audit_details(self) -> dict[str, Any]:
        return {"voided": self.subject.serial, "new": self.result.serial}


class RedeemCode(PersonalAction[Participant]):
    """
    Use a code: from now on this person is a holder in its process. The result is the code's row.

    A typing error is told before anything is looked up. Wrong, used, void, revoked and (where a
    ``process`` is given) of another process are one refusal in the same words. The same person may
    enter their own code again. Attempts are limited where the request is known: ``CodeTries``.
    """

    verb = "redeem_code"
    policy = SignedIn() & Oneself() & InGoodStanding()

    code: str
    process: Process | None = None
    office: str = ""

    def check(self) -> None:
        self.digest = digest_of_typed(self.code)

    def perform(self) -> VotingCode:
        codes = VotingCode.objects.select_for_update(of=("self",)).select_related("batch__process")
        found = codes.filter(digest=self.digest).first()
        if found is None or not self.may_use(found):
            raise ActionRefused(NOT_VALID, code="code-not-valid", office=self.office)
        if found.state == State.USED:
            return found
        self.refuse_second(found)
        found.state, found.used_by, found.used_at = State.USED, self.subject, self.at
        found.save(update_fields=["state", "used_by", "used_at"])
        return found

    def may_use(self, code: VotingCode) -> bool:
        mine = code.state == State.USED and code.used_by_id == self.subject.pk
        here = self.process is None or code.batch.process_id == self.process.pk
        return (code.state == State.READY or mine) and here and code.batch.revoked_at is None

    def refuse_second(self, code: VotingCode) -> None:
        """One code of each purpose per person and process, so that nobody collects them."""
        held = VotingCode.objects.of(code.process).held().filter(used_by=self.subject)
        if held.filter(batch__purpose=code.batch.purpose).exists():
            raise ActionRefused(
                _("You have already used a code here. This one stays unused: give it back."),
                code="has-code",
            )

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        batch = self.result.batch
        return {
            "process": str(batch.process.uuid),
            "batch": str(batch.uuid),
            "purpose": batch.purpose,
        }


def digest_of_typed(typed: str) -> str:
    """The hash of a code as typed. Raises ``ActionRefused`` (``mistyped``) before any look-up."""
    try:
        return code_digest(typed)
    except Mistyped as mistake:
        raise mistyped(mistake) from None


def mistyped(mistake: Mistyped) -> ActionRefused:
    return ActionRefused(MISTYPED[mistake.fault], code="mistyped", symbols=SYMBOLS + 1)
