"""What the ledger itself tells the rooms below: guards, verifier, records, the guardians' rule."""

from __future__ import annotations

from django.db.models import QuerySet

from civic_sourcing.attribution import gate, guardians
from civic_sourcing.attribution.guards import register_guards
from civic_sourcing.attribution.licences import name_of_choice
from civic_sourcing.attribution.models import ProcessLicence
from civic_sourcing.attribution.personal_records import LedgerRecords
from civic_sourcing.attribution.verification import verify_ledger
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.participants.age import register_guardian_answer, register_guardian_matters
from civic_sourcing.participants.audience import register_audience
from civic_sourcing.participants.consents import register_consent_namer
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.copying import copy_rows, register_rules_copier
from civic_sourcing.processes.models import Process


def register_ledger() -> None:
    register_guards()
    register_verifier("ledger", verify_ledger)
    register_personal_records(LedgerRecords())
    gate.register_keeper(guardians.KEEPER, guardians.hold_for_guardian, releases_alone=True)
    register_guardian_answer(guardians.follow_answer)
    register_guardian_matters(guardians.matters)
    register_audience(authors)
    register_consent_namer("licence", name_of_choice)
    register_rules_copier(copy_rows(ProcessLicence))


def authors(process: Process) -> QuerySet[Participant]:
    """Everybody who handed something in to ``process``, in whatever state it is."""
    return Participant.objects.filter(contributions__process=process)
