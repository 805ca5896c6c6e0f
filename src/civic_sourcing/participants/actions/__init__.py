from civic_sourcing.participants.actions.consents import AgreeToTexts, PublishLegalText
from civic_sourcing.participants.actions.erasure import EraseParticipant
from civic_sourcing.participants.actions.exports import AskForExport, FetchExport
from civic_sourcing.participants.actions.guardians import (
    AskGuardian,
    ConsentAsGuardian,
    ExpireGuardianRequest,
    RefuseAsGuardian,
    WithdrawAsGuardian,
)
from civic_sourcing.participants.actions.profile import (
    AnswerAgeQuestion,
    ChangeProfile,
    CorrectAge,
    VerifyAttribute,
)

__all__ = [
    "AgreeToTexts",
    "AnswerAgeQuestion",
    "AskForExport",
    "AskGuardian",
    "ChangeProfile",
    "ConsentAsGuardian",
    "CorrectAge",
    "EraseParticipant",
    "ExpireGuardianRequest",
    "FetchExport",
    "PublishLegalText",
    "RefuseAsGuardian",
    "VerifyAttribute",
    "WithdrawAsGuardian",
]
