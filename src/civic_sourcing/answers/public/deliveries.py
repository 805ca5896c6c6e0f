"""Everything the city has promised to make: the list everybody reads, filtered and in pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.display.adoptions import TONES, Money, money_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import (
    DELIVERED,
    ON_THE_WAY,
    Adoption,
    AdoptionStatus,
    Department,
    Promise,
    status_label,
)
from civic_sourcing.attribution.family.visibility import addresses, translated_titles
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.core import clock
from civic_sourcing.core.mapping import Bounds, read_bounds
from civic_sourcing.moderation.showing.places import Forum, public_among
from civic_sourcing.processes.models import Process

PER_PAGE = 20
ALL = "all"
LATE = "late"
DONE = "done"
STATES: Mapping[str, Q] = {
    **{status: Q(status=status) for status in AdoptionStatus.values},
    DONE: Q(status__in=DELIVERED),
}


class DeliveryFilter(forms.Form):
    """A form sent with GET; a value nobody offers counts as not given."""

    where = forms.ChoiceField(label=_("Where"))
    status = forms.ChoiceField(label=_("Status"))
    department = forms.ChoiceField(label=_("Responsible"))

    def __init__(
        self, data: Any, *, forums: Iterable[Forum], departments: Iterable[Department]
    ) -> None:
        offered = {
            "where": [(ALL, _("Everywhere")), *((each.key, each.title) for each in forums)],
            "status": [(ALL, _("Any status")), (LATE, _("Overdue")), *statuses()],
            "department": [
                (ALL, _("Any department")),
                *((str(each.translation_key), each.name) for each in departments),
            ],
        }
        given = {name: data.get(name, ALL) for name in offered}
        known = {name: {str(key) for key, _label in offered[name]} for name in offered}
        super().__init__(
            {name: value if value in known[name] else ALL for name, value in given.items()}
        )
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.full_clean()


def statuses() -> list[tuple[str, str]]:
    """Works and rules alike, their words joined where they differ; otherwise or not is done."""
    apart = [each for each in AdoptionStatus.values if each not in DELIVERED]
    return [*((each, _both(each)) for each in apart), (DONE, _both(AdoptionStatus.IN_FORCE))]


def _both(status: str) -> str:
    words = [status_label(status, is_work=is_work) for is_work in (True, False)]
    return " / ".join(dict.fromkeys(words))


@dataclass(frozen=True)
class Delivery:
    """One promise to carry something out, as the list shows it."""

    row: Adoption
    title: str
    language: str
    url: str
    forum: str
    status: str
    tone: str
    department: str
    partners: list[str]
    money: Money
    is_late: bool

    @property
    def edge(self) -> str:
        """The tone of the whole: red where it is overdue."""
        return "danger" if self.is_late else self.tone

    @property
    def reached(self) -> str:
        """
        How many of its milestones are reached, in words; empty where it has none. What is done
        is done, even if nobody has noted each of them.
        """
        planned, reached = self.row.planned_steps, self.row.reached_steps
        if not planned:
            return ""
        if self.row.status in DELIVERED and reached < planned:
            return self.status
        words = ngettext(
            "%(reached)d of %(planned)d milestone reached",
            "%(reached)d of %(planned)d milestones reached",
            planned,
        )
        return words % {"reached": reached, "planned": planned}

    @property
    def percent(self) -> int:
        """The share of milestones reached; all of it for what is done."""
        if self.row.status in DELIVERED:
            return 100
        return self.row.reached_steps * 100 // self.row.planned_steps

    @property
    def has_progress(self) -> bool:
        return bool(self.row.planned_steps) and self.row.status != AdoptionStatus.CANCELLED


class Deliveries:
    """What this request asks for. The same for everybody: what is private is in no public list."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.forums = public_among(
            Process.objects.filter(pk__in=visible().order_by().values("contribution__process")),
            request,
        )
        used = visible().order_by().values("department__translation_key")
        named = Department.objects.in_language(get_language()).filter(translation_key__in=used)
        self.filter = DeliveryFilter(request.GET, forums=self.forums.values(), departments=named)
        self.late = overdue(clock.of_request(request))

    @cached_property
    def bounds(self) -> Bounds | None:
        """The part of the map that was chosen."""
        return read_bounds(self.request.GET.get("bbox", ""))

    @cached_property
    def forum(self) -> Forum | None:
        """The one place that was chosen."""
        wanted = self.filter.cleaned_data["where"]
        return next((each for each in self.forums.values() if each.key == wanted), None)

    @cached_property
    def chosen(self) -> QuerySet[Adoption]:
        """By place, status and department; the map chooses among these."""
        wanted = self.filter.cleaned_data
        keys = [self.forum.process_id] if self.forum else list(self.forums)
        rows = visible().filter(contribution__process__in=keys)
        if wanted["status"] == LATE:
            rows = rows.filter(self.late)
        elif wanted["status"] != ALL:
            rows = rows.filter(STATES[wanted["status"]])
        if wanted["department"] != ALL:
            rows = rows.filter(department__translation_key=wanted["department"])
        return rows

    @property
    def rows(self) -> Any:
        """Those on the part of the map that was chosen, with what the list shows of them."""
        rows = self.chosen
        if self.bounds:
            sides = self.bounds
            rows = rows.filter(
                latitude__range=(sides.south, sides.north),
                longitude__range=(sides.west, sides.east),
            )
        return shown(rows.annotate(is_overdue=self.late))

    @cached_property
    def page(self) -> Page[Adoption]:
        return Paginator(self.rows, PER_PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def lines(self) -> list[Delivery]:
        return self.told(list(self.page.object_list))

    def told(self, rows: list[Adoption]) -> list[Delivery]:
        """Put rows into words; the same number of queries for any number."""
        names, made = Names(), [row.contribution for row in rows]
        urls, translated, reader = addresses(made), translated_titles(made), get_language() or ""
        return [
            Delivery(
                row=row,
                title=translated.get(row.contribution_id) or str(row.contribution.public_title),
                language=reader if row.contribution_id in translated else row.contribution.language,
                url=urls.get(row.contribution_id, ""),
                forum=self.forums[row.contribution.process_id].title,
                status=row.get_status_display(),
                tone=TONES[AdoptionStatus(row.status)],
                department=names.of(row.department),
                partners=names.of_all(row.partners.all()),
                money=money_of(row, row.spent),
                is_late=row.is_overdue,
            )
            for row in rows
        ]

    def figures(self) -> dict[str, int]:
        """How many there are at all of what was chosen, on the way, done, late, cancelled."""
        numbers: dict[str, int] = self.chosen.order_by().aggregate(
            all=Count("pk"),
            done=Count("pk", filter=Q(status__in=DELIVERED)),
            late=Count("pk", filter=self.late),
            cancelled=Count("pk", filter=Q(status=AdoptionStatus.CANCELLED)),
        )
        return numbers


def visible() -> Any:
    """What was adopted from something everybody can read."""
    source = Derivation.objects.filter(
        target=OuterRef("contribution"), kind=DerivationKind.ADOPTED, source__state__in=PUBLIC
    )
    return Adoption.objects.filter(Exists(source), contribution__state__in=PUBLIC)


def overdue(at: datetime) -> Any:
    """
    Still on the way though it was expected before the day of ``at``, or promised by then: a new
    plan does not make up for what was promised.
    """
    promised = (
        Promise.objects.deliveries().overdue(at).filter(contribution=OuterRef("contribution"))
    )
    day = localdate(at)
    return Q(status__in=ON_THE_WAY) & (Q(expected_on__lt=day) | Q(Exists(promised)))


def shown(rows: Any) -> Any:
    """In the order of the days, what is over last; with milestones counted and money."""
    counted = rows.with_spent().annotate(
        planned_steps=Count("milestones"),
        reached_steps=Count("milestones", filter=Q(milestones__done_on__isnull=False)),
        is_over=Q(status__in=[*DELIVERED, AdoptionStatus.CANCELLED]),
    )
    ordered = counted.order_by("is_over", F("expected_on").asc(nulls_last=True), "pk")
    return ordered.select_related("contribution", "department").prefetch_related("partners")
