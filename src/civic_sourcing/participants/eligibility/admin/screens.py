"""Lists: the processes one looks after, and everything of one process."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.core import clock
from civic_sourcing.participants.eligibility.admin.base import (
    DESK_ROLES,
    FOLDER,
    ProcessScreen,
    address,
)
from civic_sourcing.participants.eligibility.offices import office_of
from civic_sourcing.participants.eligibility.places import titles_of
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.eligibility.roles import REGISTRAR
from civic_sourcing.participants.models import CodeBatch, CodePurpose, Objection, VotingCode
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

State = VotingCode.State
STEP = 10


class Index(WagtailAdminTemplateMixin, TemplateView):
    """Every process in which this member of staff has one of the two roles."""

    template_name = f"{FOLDER}/processes.html"
    page_title = _("Who can take part")
    header_icon = "key"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.processes = looked_after(request.user)
        if not self.processes and not request.user.is_superuser:
            raise Http404

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        at = clock.now()
        rows = Process.objects.filter(pk__in=[each.pk for each in self.processes]).annotate(
            conditions=Count("eligibility_rules", distinct=True),
            open_objections=Count("objections", filter=Q(objections__state="open"), distinct=True),
            overdue=Count(
                "objections",
                filter=Q(objections__state="open", objections__due_at__lt=at),
                distinct=True,
            ),
        )
        titles = titles_of(rows)
        columns = [
            TitleColumn(
                "title",
                label=_("Process"),
                accessor=lambda row: titles[row.pk],
                get_url=lambda row: address("process", row.uuid),
            ),
            Column("conditions", label=_("Conditions")),
            Column("open_objections", label=_("Open objections")),
            Column("overdue", label=_("Overdue")),
        ]
        ordered = sorted(rows, key=lambda row: titles[row.pk])
        return context | {"table": Table(columns, ordered), "empty": not ordered}


def looked_after(user: Any) -> list[Process]:
    """The processes ``user`` has a role of ours in."""
    if user is None or not user.is_authenticated:
        return []
    return [each for each in Process.objects.all() if roles_of(user, each) & DESK_ROLES]


class ProcessOverview(ProcessScreen):
    """Conditions, codes, registers and objections of one process."""

    roles = DESK_ROLES
    template_name = f"{FOLDER}/process.html"

    def get_page_title(self) -> str:
        return self.process_title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if REGISTRAR not in self.mine:
            return context | {"is_registrar": False}
        at = clock.now()
        return context | {
            "is_registrar": True,
            "lines": Eligibility(None, self.process, at).lines,
            "office": office_of(self.process),
            "batches": batch_table(self.process),
            "registers": register_table(self.process),
            "objections": objection_table(self.process, at),
        }


def batch_table(process: Process) -> Table | None:
    batches = CodeBatch.objects.filter(process=process).annotate(
        used=Count("codes", filter=Q(codes__state=State.USED)),
        void=Count("codes", filter=Q(codes__state=State.VOID)),
    )
    columns = [
        TitleColumn(
            "number", label=_("Batch"), get_url=lambda row: address("batch", process.uuid, row.uuid)
        ),
        Column("purpose", label=_("Kind"), accessor="get_purpose_display"),
        Column("count", label=_("Printed")),
        Column("used", label=_("Used"), accessor=used_codes),
        Column("void", label=_("Void")),
        Column("note", label=_("Note")),
        DateColumn("made_at", label=_("Made")),
        DateColumn("revoked_at", label=_("Revoked")),
    ]
    return Table(columns, batches) if batches else None


def used_codes(batch: Any) -> str:
    """How many codes were used; of voting codes in whole tens, as turnout is told nowhere finer."""
    if batch.purpose == CodePurpose.VOTING:
        return f"{batch.used // STEP * STEP}+"
    return str(batch.used)


def register_table(process: Process) -> Table | None:
    registers = process.registers.annotate(
        size=Count("entries"), proved=Count("entries", filter=Q(entries__matched_at__isnull=False))
    )
    columns = [
        TitleColumn(
            "name",
            label=_("Register"),
            get_url=lambda row: address("register", process.uuid, row.uuid),
        ),
        Column("columns", label=_("Asked for"), accessor=lambda row: ", ".join(row.columns)),
        Column("size", label=_("Entries")),
        Column("proved", label=_("Proved")),
    ]
    return Table(columns, registers) if registers else None


def objection_table(process: Process, at: Any) -> Table | None:
    """Open ones first, the most urgent on top; overdue ones are marked."""
    objections = sorted(
        Objection.objects.filter(process=process),
        key=lambda each: (not each.is_open, each.due_at),
    )
    columns = [
        TitleColumn(
            "uuid",
            label=_("Objection"),
            accessor=str,
            get_url=lambda row: address("objection", process.uuid, row.uuid),
        ),
        Column("condition", label=_("Condition")),
        DateColumn("filed_at", label=_("Filed")),
        DateColumn("due_at", label=_("Due")),
        Column(
            "state",
            label=_("State"),
            accessor=lambda row: _("overdue") if row.overdue_at(at) else row.get_state_display(),
        ),
    ]
    return Table(columns, objections) if objections else None
