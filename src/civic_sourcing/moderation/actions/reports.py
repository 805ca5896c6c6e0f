"""Telling moderators that a rule is broken, by a text or by a person."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action, Subject
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import hit_limits
from civic_sourcing.core.text import normalise
from civic_sourcing.moderation import cases, first_aid
from civic_sourcing.moderation.conf import REPORT_COLUMN, conf
from civic_sourcing.moderation.models import Case, NetiquetteRule, Report
from civic_sourcing.moderation.newcomers import standing_of
from civic_sourcing.moderation.policies import authors_of, may_report
from civic_sourcing.moderation.signals import report_filed
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

FULL = Decimal(1)


class Reporting(Action[Subject]):
    """
    Report under a ``rule``, with a ``text`` where the rule asks for one. The result is the report.

    ``affected`` says that the reporter is personally concerned, which brings the target forward.
    Who is not signed in brings an ``anonymous_key`` (``reports.visitors``) and weighs little, as
    newcomers do; ``ip`` is counted for both. Refused are one's own texts (``own``), a second report
    while the first waits (``already-reported``), a rule out of force (``retired``), words missing
    where they are needed (``needs-text``) and more than the limits (``rate-limited``). Raises
    ``TextRefused`` for a text too long.
    """

    verb = "report"
    policy = may_report
    announces = report_filed

    rule: NetiquetteRule
    text: str = ""
    affected: bool = False
    anonymous_key: str = ""
    ip: str | None = None

    def check(self) -> None:
        signed_in = self.by is not None and self.by.is_authenticated
        self.reporter = Participant.objects.of(self.by) if signed_in else None
        self.key = "" if signed_in else self.anonymous_key
        self.refuse_subject()
        self.check_words()
        if self.earlier().exists():
            raise already_reported()
        self.standing = standing_of(self.reporter, self.at)
        known = self.standing == "normal"
        hit_limits(
            "report", actor=self.actor, standing=self.standing, ip=None if known else self.ip
        )

    def content(self) -> dict[str, Any]:
        """Tell requests apart by what is said, not by where it comes from."""
        said = {"rule": self.rule, "text": self.text, "affected": self.affected}
        return {"subject": self.subject, **said}

    def check_words(self) -> None:
        """Take over the text. Raises ``ActionRefused`` where it is missing, or the rule is over."""
        if self.rule.retired:
            raise ActionRefused(
                _("This rule is not in force any more. Please choose another one."), code="retired"
            )
        self.words = ""
        if self.text.strip():
            self.words = normalise(
                self.text, max_length=REPORT_COLUMN, max_graphemes=conf.REPORT_TEXT_LENGTH
            )
        if self.rule.needs_text and not self.words:
            raise ActionRefused(
                _("Under this rule, please say in a few words what is wrong."), code="needs-text"
            )

    def perform(self) -> Report:
        subject: Any = self.subject
        case = cases.gather(subject, process=self.place(), at=self.at)
        report = self.file(case)
        cases.lead(case, self.rule, affected=self.affected)
        case.reporters += 1
        case.weight += report.weight
        case.save()
        first_aid.hide_until_review(case, report, at=self.at)
        return report

    def file(self, case: Case) -> Report:
        """Keep the report; the database is the last to refuse a second one."""
        known = self.standing == "normal"
        try:
            with transaction.atomic():
                return Report.objects.create(
                    uuid=self.number,
                    case=case,
                    reporter=self.reporter,
                    anonymous_key=self.key,
                    rule=self.rule,
                    process=self.place(),
                    text=self.words,
                    affected=self.affected,
                    weight=FULL if known else Decimal(str(conf.REPORT_WEIGHT_NEW)),
                    created_at=self.at,
                )
        except IntegrityError:
            raise already_reported() from None

    def earlier(self) -> Any:
        """What the same person or address has reported in the case that is open."""
        subject: Any = self.subject
        open_cases = Case.objects.open().of(subject)
        reports = Report.objects.filter(case__in=open_cases)
        if self.reporter is not None:
            return reports.filter(reporter=self.reporter)
        return reports.filter(anonymous_key=self.key)

    def refuse_subject(self) -> None:
        """Raise ``ActionRefused`` where this cannot be reported, or not by this person."""
        raise NotImplementedError

    def place(self) -> Process | None:
        """The process whose moderators see the case."""
        raise NotImplementedError

    def audit_subject(self) -> tuple[str, str]:
        """The log names the report's number alone: that somebody was accused is no public fact."""
        self.number = uuid.uuid4()
        return Report._meta.label_lower, str(self.number)

    def audit_details(self) -> dict[str, Any]:
        return {
            "case": str(self.result.case.uuid),
            "rule": str(self.rule.translation_key),
            "affected": self.affected,
            "weight": str(self.result.weight),
        }


class ReportContribution(Reporting[Contribution]):
    """Report a contribution that everybody can read; see ``Reporting``."""

    def refuse_subject(self) -> None:
        if not self.subject.is_public:
            raise ActionRefused(_("This is not public any more."), code="not-public")
        if self.reporter is not None and self.reporter.pk in authors_of(self.subject):
            raise ActionRefused(
                _("This is your own text. You can withdraw it instead."), code="own"
            )

    def place(self) -> Process:
        process: Process = self.subject.process
        return process


class ReportParticipant(Reporting[Participant]):
    """
    Report a person rather than one text; ``process`` is where it was noticed, if it is known.

    The log is the person's own. Somebody who has left cannot be reported (``gone``).
    """

    verb = "report_participant"

    process: Process | None = None

    def refuse_subject(self) -> None:
        if self.subject.erased_at is not None or self.subject.user_id is None:
            raise ActionRefused(_("This person has left."), code="gone")
        if self.reporter is not None and self.reporter.pk == self.subject.pk:
            raise ActionRefused(_("This is yourself."), code="own")

    def place(self) -> Process | None:
        return self.process

    def chain(self) -> UUID:
        person: UUID = self.subject.uuid
        return person


def already_reported() -> ActionRefused:
    return ActionRefused(
        _("You have reported this already. Moderators will look at it."), code="already-reported"
    )
