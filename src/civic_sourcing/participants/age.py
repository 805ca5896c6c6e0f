"""
The age gate: one question, one answer, no date of birth.

Who is too young takes part all the same, but what they hand in waits until a guardian consents.
Rooms that hold such things back register here what waits and what an answer does to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models import GuardianConsent, Participant


def age_unasked(participant: Participant) -> bool:
    """Whether the age question is still to be put to ``participant``."""
    return conf.AGE_LIMIT > 0 and participant.age_band == Participant.AgeBand.UNKNOWN


def needs_guardian(participant: Participant) -> bool:
    """
    Whether what ``participant`` hands in must wait for a guardian.

    True for who said to be under ``AGE_LIMIT`` and has no consent in force. Who was not asked yet
    needs none: put the question first (``age_unasked``).
    """
    if conf.AGE_LIMIT <= 0 or participant.age_band != Participant.AgeBand.MINOR:
        return False
    return not GuardianConsent.objects.in_force().filter(participant=participant).exists()


def open_request(participant: Participant) -> GuardianConsent | None:
    """The request that still waits for a guardian's answer, if there is one."""
    return GuardianConsent.objects.unanswered().filter(participant=participant).first()


@dataclass(frozen=True)
class Matter:
    """One thing a child wants to publish, as its guardian is shown it. ``place`` says where."""

    title: str
    text: str = ""
    place: str = ""


MattersOf = Callable[[Participant], Iterable[Matter]]
OnAnswer = Callable[[GuardianConsent], None]

_matters: list[MattersOf] = []
_on_answer: list[OnAnswer] = []


def register_guardian_matters(function: MattersOf) -> None:
    """Let ``function(participant)`` name what waits for a guardian, or was published with one."""
    if function not in _matters:
        _matters.append(function)


def register_guardian_answer(function: OnAnswer) -> None:
    """
    Have ``function(consent)`` called in the transaction of the answer.

    ``consent.state`` says which: ``consented`` releases what waits; ``refused``, ``withdrawn`` and
    ``expired`` remove what waits and what was released before.
    """
    if function not in _on_answer:
        _on_answer.append(function)


def forget_guardian_registrations(function: MattersOf | OnAnswer) -> None:
    """Take a registered function back."""
    for registered in (_matters, _on_answer):
        if function in registered:
            registered.remove(function)  # type: ignore[arg-type]


def matters_of(participant: Participant) -> list[Matter]:
    """Everything a guardian of ``participant`` decides about."""
    return [matter for function in _matters for matter in function(participant)]


def tell_of_answer(consent: GuardianConsent) -> None:
    """Let every room act on the answer."""
    for function in list(_on_answer):
        function(consent)
