"""Answering for the city: draft, have partners contribute, publish, correct."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import news, notices, promises, signals
from civic_sourcing.answers.actions.steps import (
    AboutContribution,
    long_text,
    medium_text,
    refuse_unseen,
    short_text,
)
from civic_sourcing.answers.models import (
    WRITABLE,
    AnswerDecision,
    AnswerKind,
    AnswerPart,
    AnswerState,
    Department,
    OfficialAnswer,
)
from civic_sourcing.answers.policies import may_answer, may_contribute_part
from civic_sourcing.answers.reasons import reasons
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.audit import Reason
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import render

DEPARTS_LENGTH = 5000
STEP_LENGTH = 300
NEEDS_REASON = (AnswerDecision.DECLINED,)
SAID = (
    "kind",
    "decision",
    "text",
    "reason_codes",
    "departs_reason",
    "department",
    "next_step",
    "next_date",
    "language",
)
"""What an answer says in its own row; its partners have rows of theirs."""


class Words:
    """
    What an answer says; all of it may be missing in a draft.

    ``partners`` are the departments that have to contribute before it is published;
    ``reason_codes`` are registered ones. ``next_date`` is the day of ``next_step``.
    """

    kind: str = AnswerKind.FINAL
    decision: str = ""
    text: str = ""
    reason_codes: Sequence[str] = ()
    departs_reason: str = ""
    department: Department | None = None
    partners: Sequence[Department] = ()
    next_step: str = ""
    next_date: date | None = None
    language: str = ""

    def check_words(self) -> None:
        if self.kind not in AnswerKind.values:
            raise ActionRefused(_("This kind of answer is not known."), code="unknown-kind")
        if self.decision not in ("", *AnswerDecision.values):
            raise ActionRefused(_("This decision is not known."), code="unknown-decision")
        if unknown := [code for code in self.reason_codes if code not in reasons()]:
            raise ActionRefused(
                _("“%(reason)s” is not among the reasons."),
                code="unknown-reason",
                reason=unknown[0],
            )

    def write(self, answer: OfficialAnswer) -> None:
        """Put the words into ``answer``, normalised and rendered."""
        answer.kind, answer.decision = self.kind, self.decision
        answer.text = long_text(self.text)
        answer.rendered_html = render(answer.text)
        answer.reason_codes = sorted(set(self.reason_codes), key=list(reasons()).index)
        answer.departs_reason = medium_text(self.departs_reason, max_length=DEPARTS_LENGTH)
        answer.department = self.department
        answer.next_step = short_text(self.next_step, max_length=STEP_LENGTH)
        answer.next_date = self.next_date
        answer.language = self.language or answer.contribution.language

    def share_parts(self, answer: OfficialAnswer) -> list[AnswerPart]:
        """Give every partner a part and drop the others'; return the parts that are new."""
        wanted = {each.translation_key: each for each in self.partners}
        if self.department is not None:
            wanted.pop(self.department.translation_key, None)
        there = {part.department.translation_key: part for part in parts_of(answer)}
        for key in there.keys() - wanted.keys():
            there[key].delete()
        new = [wanted[key] for key in wanted if key not in there]
        return [AnswerPart.objects.create(answer=answer, department=each) for each in new]


class DraftAnswer(Words, Action[Contribution]):
    """
    Begin an answer nobody else sees. The result is the draft; see ``Words`` for what it takes.

    Partner departments are asked for their parts at once.
    """

    verb = "draft_answer"
    announces = signals.answer_drafted
    policy = may_answer

    def check(self) -> None:
        refuse_unseen(self.subject)
        self.check_words()

    def perform(self) -> OfficialAnswer:
        answer = OfficialAnswer(contribution=self.subject, created_at=self.at, by=self.by)
        return begin(answer, self)

    def audit_details(self) -> dict[str, Any]:
        return {"answer": str(self.result.uuid), **facts_of(self.result)}


class WritableAnswer(AboutContribution[OfficialAnswer]):
    """A step on an answer that is neither published nor discarded."""

    policy = may_answer

    def check(self) -> None:
        if self.subject.state not in WRITABLE:
            raise ActionRefused(
                _("This answer is “%(state)s”. What is published is corrected, not changed."),
                code=f"is-{self.subject.state}",
                state=self.subject.get_state_display(),
            )


class ReviseAnswer(Words, WritableAnswer):
    """
    Put other ``Words`` into a draft; what partners have contributed stays.

    ``seen`` is the ``fingerprint`` of the draft as its writer found it. Refused as ``changed`` if
    somebody else has changed it since.
    """

    verb = "revise_answer"
    announces = signals.answer_revised

    seen: str | None = None

    def check(self) -> None:
        super().check()
        if self.seen is not None and self.seen != fingerprint(self.subject):
            raise ActionRefused(
                _("Somebody changed this draft while you wrote. Send it again to keep yours."),
                code="changed",
            )
        self.check_words()

    def perform(self) -> OfficialAnswer:
        self.subject.by = self.by
        return begin(self.subject, self)

    def audit_details(self) -> dict[str, Any]:
        return facts_of(self.subject)


class DiscardAnswer(WritableAnswer):
    """Give a draft up. The row stays, with nothing in it."""

    verb = "discard_answer"
    announces = signals.answer_discarded

    def perform(self) -> OfficialAnswer:
        answer = self.subject
        answer.state = AnswerState.DISCARDED
        answer.text = answer.rendered_html = answer.departs_reason = answer.next_step = ""
        answer.save()
        answer.parts.all().delete()
        return answer


class ContributePart(AboutContribution[AnswerPart]):
    """Write the part of a partner department, or write it anew before the answer is published."""

    verb = "contribute_part"
    announces = signals.part_contributed
    policy = may_contribute_part

    text: str

    def check(self) -> None:
        if self.subject.answer.state not in WRITABLE:
            raise ActionRefused(
                _("This answer is “%(state)s”. What is published is corrected, not changed."),
                code=f"is-{self.subject.answer.state}",
                state=self.subject.answer.get_state_display(),
            )
        self.text = long_text(self.text)
        if not self.text:
            raise ActionRefused(_("Please write what your department says."), code="blank")

    def perform(self) -> AnswerPart:
        part = self.subject
        first = part.contributed_at is None
        part.text, part.rendered_html = self.text, render(self.text)
        part.contributed_at, part.by = self.at, self.by
        part.save()
        if settle(part.answer) and first:
            notices.tell_complete(part.answer)
        return part

    def audit_subject(self) -> tuple[str, str]:
        return OfficialAnswer._meta.label_lower, str(self.subject.answer.uuid)

    def audit_details(self) -> dict[str, Any]:
        return {"department": str(self.subject.department.translation_key)}


class PublishAnswer(WritableAnswer):
    """
    Have everybody read it. A final one keeps the promise of an answer, in time or late.

    Refused while it says nothing (``blank``), decides nothing (``no-decision``), declines without
    a reason (``no-reason``), or partners have not contributed (``open-parts``). Published once:
    the second time it is ``is-published``. Authors and supporters are told.
    """

    verb = "publish_answer"
    announces = signals.answer_published

    def check(self) -> None:
        super().check()
        answer = self.subject
        refuse_unseen(answer.contribution)
        if not answer.text:
            raise ActionRefused(_("The answer is still empty."), code="blank")
        if answer.is_final and not answer.decision:
            raise ActionRefused(_("An answer says what is decided."), code="no-decision")
        if answer.decision in NEEDS_REASON and not answer.reason_codes:
            raise ActionRefused(
                _("Whoever is told no is told why: choose at least one reason."), code="no-reason"
            )
        refuse_open_parts(answer)
        if answer.corrects is not None and not answer.corrects.is_published:
            raise ActionRefused(_("What it corrects is not published."), code="not-published")

    def perform(self) -> OfficialAnswer:
        answer = self.subject
        numbers = OfficialAnswer.objects.of(answer.contribution).aggregate(last=Max("number"))
        salt = secrets.token_bytes(32)
        answer.number = (numbers["last"] or 0) + 1
        answer.state, answer.published_at, answer.salt = AnswerState.PUBLISHED, self.at, salt.hex()
        answer.by = self.by or answer.by
        answer.save()
        self.digest = Reason.of(reference_of(answer), answer.text, salt=salt)
        if answer.is_final:
            self.kept = promises.keep(answer.contribution, self.at, department=answer.department)
        news.tell(answer)
        return answer

    def audit_details(self) -> dict[str, Any]:
        return {"number": self.subject.number, **facts_of(self.subject)}

    def audit_reason(self) -> Reason:
        return self.digest


class CorrectAnswer(Words, AboutContribution[OfficialAnswer]):
    """
    Begin a correction of a published answer; both stay readable once it is published.

    Takes all of ``Words``. The result is a draft like any other. Refused as ``corrected`` where
    another one corrects it already.
    """

    verb = "correct_answer"
    announces = signals.answer_drafted
    policy = may_answer

    def check(self) -> None:
        if not self.subject.is_published:
            raise ActionRefused(
                _("Only what is published is corrected; a draft is changed."), code="not-published"
            )
        if self.subject.corrections.exclude(state=AnswerState.DISCARDED).exists():
            raise ActionRefused(_("Somebody is correcting this answer already."), code="corrected")
        self.check_words()

    def perform(self) -> OfficialAnswer:
        answer = OfficialAnswer(
            contribution=self.subject.contribution,
            created_at=self.at,
            by=self.by,
            corrects=self.subject,
        )
        return begin(answer, self)

    def audit_details(self) -> dict[str, Any]:
        return {"answer": str(self.result.uuid), **facts_of(self.result)}


def begin(answer: OfficialAnswer, words: Words) -> OfficialAnswer:
    """Save ``answer`` with ``words`` and its parts, and ask new partners for theirs."""
    words.write(answer)
    answer.save()
    for part in words.share_parts(answer):
        notices.ask_for_part(part)
    settle(answer)
    return answer


def settle(answer: OfficialAnswer) -> bool:
    """Bring its state in line with its parts; whether all partners have contributed."""
    complete = not answer.missing_parts.exists()
    state = AnswerState.DRAFT if complete else AnswerState.OPEN_PARTS
    if answer.state != state:
        answer.state = state
        answer.save(update_fields=["state"])
    return complete


def parts_of(answer: OfficialAnswer) -> list[AnswerPart]:
    return list(answer.parts.select_related("department"))


def refuse_open_parts(answer: OfficialAnswer) -> None:
    missing = [str(part.department) for part in parts_of(answer) if not part.contributed_at]
    if missing:
        raise ActionRefused(
            _("The answer waits for: %(departments)s."),
            code="open-parts",
            departments=", ".join(missing),
        )


def fingerprint(answer: OfficialAnswer) -> str:
    """Tells whether somebody changed a draft since somebody else began to write over it."""
    parts = [str(getattr(answer, name)) for name in SAID]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def reference_of(answer: OfficialAnswer) -> str:
    return f"civic_answers.answer:{answer.uuid}"


def facts_of(answer: OfficialAnswer) -> dict[str, Any]:
    """What the log may know of an answer."""
    return {
        "kind": str(answer.kind),
        "decision": str(answer.decision),
        "reasons": list(answer.reason_codes),
        "departs": bool(answer.departs_reason),
        "corrects": str(answer.corrects.uuid) if answer.corrects else "",
    }
