from .hub import ParticipationPage
from .mixins import ProcessPageMixin
from .process import Mandate, Phase, Process, ProcessQuerySet
from .roles import RoleAssignment

__all__ = [
    "Mandate",
    "ParticipationPage",
    "Phase",
    "Process",
    "ProcessPageMixin",
    "ProcessQuerySet",
    "RoleAssignment",
]
