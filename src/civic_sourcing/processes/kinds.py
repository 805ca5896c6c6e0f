"""
Which kinds of process and phase there are.

A room registers its kind in ``apps.ready()``; the editing form, the phase strip and ``SetRules``
read it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label = str | Promise


@dataclass(frozen=True)
class PhaseKind:
    """
    ``invitation`` says in one sentence what people can do while a phase of this kind runs.

    What only ``announces`` is still to come: nobody can take part before another phase opens.
    """

    key: str
    label: Label
    invitation: Label = ""
    announces: bool = False


Wording = Callable[[Any], Mapping[str, PhaseKind]]


@dataclass(frozen=True)
class ProcessKind:
    """
    ``wording(process)`` returns the phases as one process of this kind words them, under the same
    keys. ``read_with`` names the relation of ``Process`` it needs, so that lists read it along.
    """

    key: str
    label: Label
    phases: dict[str, PhaseKind] = field(default_factory=dict)
    wording: Wording | None = None
    read_with: str = ""

    @property
    def choices(self) -> list[tuple[str, Label]]:
        """``(key, label)`` of the phase kinds, in the order they were registered."""
        return [(phase.key, phase.label) for phase in self.phases.values()]


_kinds: dict[str, ProcessKind] = {}


def register_process_kind(
    key: str,
    label: Label,
    phases: Iterable[PhaseKind],
    *,
    wording: Wording | None = None,
    read_with: str = "",
) -> ProcessKind:
    """Make a kind of process known. Registering the same ``key`` again replaces it."""
    kind = ProcessKind(key, label, {phase.key: phase for phase in phases}, wording, read_with)
    _kinds[key] = kind
    return kind


def process_kind(key: str) -> ProcessKind:
    """The kind of that name; one without phases if the room that registered it is not installed."""
    return _kinds.get(key) or ProcessKind(key, key or _("Process"))


def kind_of(process: Any) -> ProcessKind:
    """The kind of ``process``, its phases worded as this very process words them."""
    kind = process_kind(process.kind)
    return replace(kind, phases=dict(kind.wording(process))) if kind.wording else kind


def read_with_processes() -> list[str]:
    """Relations to name in ``select_related`` where many processes are shown with their phases."""
    return [kind.read_with for kind in _kinds.values() if kind.read_with]


def process_kinds() -> list[ProcessKind]:
    """All registered kinds, in order of registration."""
    return list(_kinds.values())


def phase_label(kind: ProcessKind, phase_kind_key: str) -> Label:
    """The name people read; the bare key for a phase kind that is no longer registered."""
    phase = kind.phases.get(phase_kind_key)
    return phase.label if phase else phase_kind_key
