from civic_sourcing.participants.models.attributes import VerifiedAttribute
from civic_sourcing.participants.models.consents import ConsentRecord
from civic_sourcing.participants.models.exports import DataExport
from civic_sourcing.participants.models.guardians import GuardianConsent
from civic_sourcing.participants.models.legal_texts import LegalText, LegalTextBody
from civic_sourcing.participants.models.participants import Participant

__all__ = [
    "ConsentRecord",
    "DataExport",
    "GuardianConsent",
    "LegalText",
    "LegalTextBody",
    "Participant",
    "VerifiedAttribute",
]
