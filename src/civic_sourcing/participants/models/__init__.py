from civic_sourcing.participants.models.attributes import VerifiedAttribute
from civic_sourcing.participants.models.codes import CodeBatch, CodePurpose, VotingCode
from civic_sourcing.participants.models.consents import ConsentRecord
from civic_sourcing.participants.models.eligibility import EligibilityRule, ProcessOffice
from civic_sourcing.participants.models.exports import DataExport
from civic_sourcing.participants.models.guardians import GuardianConsent
from civic_sourcing.participants.models.legal_texts import LegalText, LegalTextBody
from civic_sourcing.participants.models.objections import Objection
from civic_sourcing.participants.models.participants import Participant, shown_name
from civic_sourcing.participants.models.phase_notices import PhaseNotice
from civic_sourcing.participants.models.registers import Register, RegisterEntry

__all__ = [
    "CodeBatch",
    "CodePurpose",
    "ConsentRecord",
    "DataExport",
    "EligibilityRule",
    "GuardianConsent",
    "LegalText",
    "LegalTextBody",
    "Objection",
    "Participant",
    "PhaseNotice",
    "ProcessOffice",
    "Register",
    "RegisterEntry",
    "VerifiedAttribute",
    "VotingCode",
    "shown_name",
]
