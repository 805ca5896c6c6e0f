from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.rows import ReadingOf
from civic_sourcing.processes.kinds import Label, PhaseKind, kind_of, phase_label, process_kind

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mandate(models.TextChoices):
    """What citizens' input does, from the weakest promise to the strongest."""

    ADVISORY = "advisory", _("Advisory")
    CONDITIONAL = "conditional", _("Conditional")
    BINDING = "binding", _("Binding")

    @property
    def rank(self) -> int:
        return list(Mandate).index(self)

    @property
    def meaning(self) -> Label:
        """One plain sentence for people who take part."""
        return MANDATE_MEANINGS[self]


MANDATE_MEANINGS: dict[Mandate, Label] = {
    Mandate.ADVISORY: _("What you say here is advice. The city decides, and says why."),
    Mandate.CONDITIONAL: _(
        "If enough people support something here, the city has to answer it in public."
    ),
    Mandate.BINDING: _("What is decided here counts. The city carries out the result."),
}


class ProcessQuerySet(models.QuerySet["Process"]):
    """
    ``running``, ``coming`` and ``finished`` part all processes that have phases: a process runs
    from the opening of its first phase to the close of its last, breaks between phases included.
    """

    def running(self, at: datetime) -> ProcessQuerySet:
        """Begun, and with a phase that has not closed at ``at``."""
        return self.filter(self._phase(opens_at__lte=at), self._open_end(at))

    def coming(self, at: datetime) -> ProcessQuerySet:
        """With phases, none of which has opened at ``at``."""
        return self.filter(self._phase(opens_at__gt=at)).exclude(self._phase(opens_at__lte=at))

    def finished(self, at: datetime) -> ProcessQuerySet:
        """With phases, all of which have closed at ``at``."""
        return self.filter(self._phase()).exclude(self._open_end(at))

    @staticmethod
    def _phase(**conditions: object) -> models.Exists:
        phases = Phase.objects.filter(process=models.OuterRef("pk"), **conditions)
        return models.Exists(phases)

    @staticmethod
    def _open_end(at: datetime) -> models.Exists:
        unclosed = models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=at)
        return models.Exists(Phase.objects.filter(unclosed, process=models.OuterRef("pk")))


class Process(models.Model):
    """
    One row behind a participation page and all its translations.

    Whatever must be the same in every language (phases, mandate, later roll and limits) hangs here;
    the pages hold only texts. Change it through ``SetRules``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    translation_key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=32)
    mandate = models.CharField(
        _("mandate"), max_length=16, choices=Mandate.choices, default=Mandate.ADVISORY
    )
    rules_version = models.PositiveIntegerField(default=0, editable=False)
    first_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        constraints = [
            models.CheckConstraint(
                name="civic_process_mandate_known",
                condition=models.Q(mandate__in=Mandate.values),
                violation_error_message=_("This mandate is not known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{process_kind(self.kind).label} {self.uuid.hex[:8]}"

    @property
    def process(self) -> Process:
        """Itself, so that policies and chains may ask any subject for its process."""
        return self

    @property
    def mandate_meaning(self) -> Label:
        return Mandate(self.mandate).meaning

    def read_phases(self) -> None:
        """Have ``phases`` at hand, as if they were prefetched, by a query put together once."""
        known = self.__dict__.setdefault("_prefetched_objects_cache", {})
        if "phases" in known:
            return
        rows: Any = self.phases.get_queryset()
        rows._result_cache = _phases(self.pk)
        rows._prefetch_done = True
        for phase in rows._result_cache:
            phase.process = self
        known["phases"] = rows

    def timeline(self) -> Sequence[Phase]:
        """Phases by opening time; costs no query where ``phases`` is prefetched."""
        return sorted(self.phases.all(), key=lambda phase: phase.opens_at)

    def phase_at(self, at: datetime) -> Phase | None:
        """The phase that runs at ``at``; at its ``closes_at`` it has already ended."""
        return next((phase for phase in self.timeline() if phase.runs_at(at)), None)

    def is_open(self, kind: str, at: datetime) -> bool:
        phase = self.phase_at(at)
        return phase is not None and phase.kind == kind

    def next_phase(self, kind: str | None, at: datetime) -> Phase | None:
        """The first phase (of ``kind``; of any for ``None``) that opens after ``at``."""
        return next(
            (p for p in self.timeline() if p.opens_at > at and kind in {None, p.kind}), None
        )

    def last_phase(self, kind: str | None, at: datetime) -> Phase | None:
        """The latest phase (of ``kind``; of any for ``None``) that has closed at ``at``."""
        return next(
            (p for p in reversed(self.timeline()) if p.closed_at(at) and kind in {None, p.kind}),
            None,
        )


class Phase(models.Model):
    """A half-open window ``[opens_at, closes_at)`` in which a process takes one kind of input."""

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, related_name="phases", verbose_name=_("process")
    )
    kind = models.CharField(_("kind"), max_length=32)
    opens_at = models.DateTimeField(_("opens"), db_index=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    descriptions = models.JSONField(_("descriptions"), default=dict, blank=True)
    announced_open_at = models.DateTimeField(null=True, blank=True, editable=False)
    announced_close_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_phase_closes_after_opening",
                condition=models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                violation_error_message=_("A phase has to close after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Label:
        return phase_label(kind_of(self.process), self.kind)

    @property
    def announces(self) -> bool:
        """Whether it only tells of what is to come."""
        kind = process_kind(self.process.kind).phases.get(self.kind)
        return kind is not None and kind.announces

    @property
    def invitation(self) -> Label:
        """What people can do while it runs, as its kind was registered."""
        registered = kind_of(self.process).phases.get(self.kind)
        return (registered or PhaseKind(self.kind, self.kind)).invitation

    @property
    def description(self) -> str:
        """In the active language; otherwise in the first one somebody wrote."""
        texts: dict[str, str] = self.descriptions
        written = (text for text in texts.values() if text)
        return texts.get(get_language() or "") or next(written, "")

    def runs_at(self, at: datetime) -> bool:
        return self.opens_at <= at and not self.closed_at(at)

    def closed_at(self, at: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= at


_phases = ReadingOf(Phase, lambda process: Phase.objects.filter(process=process))
