from .adoptions import Adopt, ChangeAdoptionStatus, PlanAdoption
from .answers import (
    ContributePart,
    CorrectAnswer,
    DiscardAnswer,
    DraftAnswer,
    PublishAnswer,
    ReviseAnswer,
)
from .deliveries import RemoveMilestone, ReportDelivery, SetMilestone
from .promises import (
    AssignPromise,
    EscalatePromise,
    ExtendPromise,
    KeepPromise,
    MakePromise,
    RemindOfPromise,
    WaivePromise,
)

__all__ = [
    "Adopt",
    "AssignPromise",
    "ChangeAdoptionStatus",
    "ContributePart",
    "CorrectAnswer",
    "DiscardAnswer",
    "DraftAnswer",
    "EscalatePromise",
    "ExtendPromise",
    "KeepPromise",
    "MakePromise",
    "PlanAdoption",
    "PublishAnswer",
    "RemindOfPromise",
    "RemoveMilestone",
    "ReportDelivery",
    "ReviseAnswer",
    "SetMilestone",
    "WaivePromise",
]
