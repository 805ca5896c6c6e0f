from .adoptions import (
    ADOPTION,
    DELIVERED,
    WITH_REASON,
    Adoption,
    AdoptionChange,
    AdoptionQuerySet,
    AdoptionStatus,
    DeliveryPhoto,
    DeliveryUpdate,
    Milestone,
)
from .answers import (
    WRITABLE,
    AnswerDecision,
    AnswerKind,
    AnswerPart,
    AnswerState,
    OfficialAnswer,
    OfficialAnswerQuerySet,
)
from .departments import Agreement, AgreementQuerySet, Department, DepartmentQuerySet
from .news import WaitingNews
from .promises import Promise, PromiseExtension, PromiseKind, PromiseQuerySet, PromiseState

__all__ = [
    "ADOPTION",
    "DELIVERED",
    "WITH_REASON",
    "WRITABLE",
    "Adoption",
    "AdoptionChange",
    "AdoptionQuerySet",
    "AdoptionStatus",
    "Agreement",
    "AgreementQuerySet",
    "AnswerDecision",
    "AnswerKind",
    "AnswerPart",
    "AnswerState",
    "DeliveryPhoto",
    "DeliveryUpdate",
    "Department",
    "DepartmentQuerySet",
    "Milestone",
    "OfficialAnswer",
    "OfficialAnswerQuerySet",
    "Promise",
    "PromiseExtension",
    "PromiseKind",
    "PromiseQuerySet",
    "PromiseState",
    "WaitingNews",
]
