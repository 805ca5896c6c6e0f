"""Steps of editors with licences: word one, and say which ones a process offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.utils.translation import gettext as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.models import Licence, LicenceVersion, ProcessLicence
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.processes.models import Process

LICENCES = uuid5(NAMESPACE_DNS, "licences.civic-sourcing")
"""The audit chain of what happens to licences, which belong to no process."""


class WordLicence(Action[Licence]):
    """
    Give a licence the next wording; the same words again change nothing.

    ``names`` and ``summaries`` map language codes to texts. What was chosen before keeps the
    wording it was chosen with. Wagtail's permission to change licences was asked before.
    """

    verb = "word_licence"
    announces = signals.licence_worded
    policy = Always()

    names: Mapping[str, str]
    summaries: Mapping[str, str]

    def check(self) -> None:
        if not any(self.names.values()) or not any(self.summaries.values()):
            raise ActionRefused(
                _("A licence needs a name and a few plain words in at least one language."),
                code="no-words",
            )

    def perform(self) -> LicenceVersion:
        names = {code: text for code, text in self.names.items() if text}
        summaries = {code: text for code, text in self.summaries.items() if text}
        last = self.subject.current
        if last is not None and (last.names, last.summaries) == (names, summaries):
            return last
        return LicenceVersion.objects.create(
            licence=self.subject,
            number=last.number + 1 if last else 1,
            names=names,
            summaries=summaries,
        )

    def chain(self) -> UUID:
        return LICENCES

    def audit_details(self) -> dict[str, Any]:
        return {"licence": self.subject.key, "version": self.result.number}


class OfferLicences(Action[Process]):
    """
    Let a process offer these licences, in this order; the first is chosen beforehand.

    None at all means the protective default. Takes effect at once, for what is handed in from now
    on. The right to do this is the right to publish a page of the process, asked before.
    """

    verb = "offer_licences"
    announces = signals.licences_offered
    policy = Always()

    licences: Sequence[Licence]

    def check(self) -> None:
        if any(licence.retired or licence.current is None for licence in self.licences):
            raise ActionRefused(_("A licence among these is not offered any more."), code="retired")

    def perform(self) -> list[ProcessLicence]:
        self.before = [row.licence.key for row in self.subject.licences.select_related("licence")]
        self.subject.licences.all().delete()
        return [
            ProcessLicence.objects.create(process=self.subject, licence=licence, position=position)
            for position, licence in enumerate(dict.fromkeys(self.licences))
        ]

    def chain(self) -> UUID:
        return self.subject.uuid

    def audit_details(self) -> dict[str, Any]:
        return {"before": self.before, "after": [row.licence.key for row in self.result]}
