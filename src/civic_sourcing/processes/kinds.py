"""
Which kinds of process and phase there are.

A room registers its kind in ``apps.ready()``; the editing form, the phase strip and ``SetRules``
read it from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label = str | Promise


@dataclass(frozen=True)
class PhaseKind:
    """``invitation`` says in one sentence what people can do while a phase of this kind runs."""

    key: str
    label: Label
    invitation: Label = ""


@dataclass(frozen=True)
class ProcessKind:
    key: str
    label: Label
    phases: dict[str, PhaseKind] = field(default_factory=dict)

    @property
    def choices(self) -> list[tuple[str, Label]]:
        """``(key, label)`` of the phase kinds, in the order they were registered."""
        return [(phase.key, phase.label) for phase in self.phases.values()]


_kinds: dict[str, ProcessKind] = {}


def register_process_kind(key: str, label: Label, phases: Iterable[PhaseKind]) -> ProcessKind:
    """Make a kind of process known. Registering the same ``key`` again replaces it."""
    kind = ProcessKind(key, label, {phase.key: phase for phase in phases})
    _kinds[key] = kind
    return kind


def process_kind(key: str) -> ProcessKind:
    """The kind of that name; one without phases if the room that registered it is not installed."""
    return _kinds.get(key) or ProcessKind(key, key or _("Process"))


def process_kinds() -> list[ProcessKind]:
    """All registered kinds, in order of registration."""
    return list(_kinds.values())


def phase_label(process_kind_key: str, phase_kind_key: str) -> Label:
    """The name people read; the bare key for a phase kind that is no longer registered."""
    phase = process_kind(process_kind_key).phases.get(phase_kind_key)
    return phase.label if phase else phase_kind_key
