"""The room's models, gathered for Django; each is defined beside its like."""

from civic_sourcing.processes.hub import ParticipationPage
from civic_sourcing.processes.pages import ProcessPageMixin
from civic_sourcing.processes.process import Mandate, Phase, Process, ProcessQuerySet
from civic_sourcing.processes.role_assignments import RoleAssignment

__all__ = [
    "Mandate",
    "ParticipationPage",
    "Phase",
    "Process",
    "ProcessPageMixin",
    "ProcessQuerySet",
    "RoleAssignment",
]
