"""Reporting something, and what became of it. Others' reports answer 404."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.limits import client_ip
from civic_sourcing.moderation.actions import ReportContribution, ReportParticipant
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import Case, NetiquetteRule, Report
from civic_sourcing.moderation.reports.display import shown
from civic_sourcing.moderation.reports.forms import ReportForm
from civic_sourcing.moderation.reports.visitors import anonymous_key
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.views.answers import for_oneself, show_below

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 20


@never_cache
@require_http_methods(METHODS)
def new_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form about one contribution. What was typed outlives a refusal."""
    contribution = reportable(request, uuid)
    context = {
        "title": _("Report this to the moderators"),
        "subject": contribution.title or contribution.kind_of.label_of(contribution),
        "subject_url": contribution.kind_of.url(contribution),
        "subject_language": contribution.language,
        "person": contribution.author,
        "person_url": person_address(contribution),
    }
    return report_page(request, ReportContribution, contribution, context)


@never_cache
@require_http_methods(METHODS)
def new_report_about_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form about a person whose words everybody can read; ``from`` is where it was noticed."""
    people = Participant.objects.filter(erased_at=None).exclude(user=None)
    person = get_object_or_404(people.select_related("user"), uuid=uuid)
    public = Contribution.objects.published().filter(author=person)
    if not public.exists():
        raise Http404
    noticed = noticed_at(request, public)
    context = {
        "title": _("Report this person to the moderators"),
        "subject": person.public_name,
        "from": noticed.uuid if noticed else "",
    }
    place = {"process": noticed.process if noticed else None}
    return report_page(request, ReportParticipant, person, context, **place)


@require_safe
@for_oneself
def reports(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What somebody has reported, the latest first, and what became of it."""
    rows = told(Report.objects.by(participant))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": shown(page, get_language())}
    return show(request, "reports", context)


@never_cache
@require_safe
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One report. Whoever is not signed in finds theirs by its address, which nobody can guess."""
    mine = Q(reporter=None) & ~Q(anonymous_key="")
    if request.user.is_authenticated:
        mine |= Q(reporter__user=request.user)
    found = get_object_or_404(told(Report.objects.filter(mine)), uuid=uuid)
    return show(request, "report", {"row": shown([found], get_language())[0]})


@require_safe
def netiquette(request: HttpRequest) -> HttpResponse:
    """The town's rules, with what they mean and an example each."""
    rules = NetiquetteRule.objects.in_force(get_language())
    return TemplateResponse(request, "civic_sourcing/moderation/netiquette.html", {"rules": rules})


def report_page(
    request: HttpRequest,
    action: type[Any],
    subject: Any,
    context: dict[str, Any],
    **arguments: Any,
) -> HttpResponse:
    if not request.user.is_authenticated and not conf.ANONYMOUS_REPORTS:
        return redirect_to_login(request.get_full_path())
    before = reported_before(request, subject)
    if before is not None:
        messages.info(request, _("You have reported this already."), fail_silently=True)
        return redirect("civic_moderation:report", before.uuid)
    form = ReportForm(request.POST or None)
    made, refused = file_report(request, form, action, subject, arguments)
    if made is None:
        context |= {"form": form, "by_anybody": not request.user.is_authenticated}
        return show(request, "new_report", context, refused=refused)
    messages.success(
        request, _("Thank you. Your report is with the moderators."), fail_silently=True
    )
    return redirect("civic_moderation:report", made.uuid)


def file_report(
    request: HttpRequest,
    form: ReportForm,
    action: type[Any],
    subject: Any,
    arguments: dict[str, Any],
) -> tuple[Report | None, ActionRefused | None]:
    """Return what was made, or why not; neither while the form is not filled in well."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    signed_in = request.user.is_authenticated
    step = action(
        subject,
        by=request.user if signed_in else None,
        idempotency_key=form.cleaned_data["request_key"],
        anonymous_key="" if signed_in else anonymous_key(request, clock.now()),
        ip=client_ip(request),
        **form.words,
        **arguments,
    )
    try:
        return step.execute(), None
    except IdempotencyConflict:
        return None, ActionRefused(
            _("This form was sent before with other words. Please open it again."), code="conflict"
        )
    except ActionRefused as refused:
        if refused.code in ("not-public", "gone"):
            raise Http404 from refused
        return None, refused


def reportable(request: HttpRequest, uuid: UUID) -> Contribution:
    """The contribution, where this visitor may read it. Raises ``Http404`` otherwise."""
    rows = Contribution.objects.published().select_related("process", "author__user")
    contribution: Contribution = get_object_or_404(rows, uuid=uuid)
    if contribution.pk not in contribution.kind_of.visible_to([contribution], request):
        raise Http404
    return contribution


def reported_before(request: HttpRequest, subject: Any) -> Report | None:
    """What this person has reported in the case that is open."""
    if not request.user.is_authenticated:
        return None
    open_cases = Case.objects.open().of(subject)
    return Report.objects.filter(case__in=open_cases, reporter__user=request.user).first()


def noticed_at(request: HttpRequest, public: Any) -> Contribution | None:
    """The contribution by that person from which somebody came here."""
    try:
        uuid = UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    found: Contribution | None = public.select_related("process").filter(uuid=uuid).first()
    return found


def person_address(contribution: Contribution) -> str:
    """Where the author can be reported; empty for staff, and for people who have left."""
    author = contribution.author
    if author is None or author.user_id is None:
        return ""
    url = reverse("civic_moderation:new_report_about_person", args=[author.uuid])
    return f"{url}?from={contribution.uuid}"


def told(rows: Any) -> Any:
    """With all that its reporter is told, in a constant number of queries."""
    related = ("case__contribution", "case__participant__user", "rule__locale")
    return rows.select_related(*related).prefetch_related("case__decisions__rule__locale")


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    """Answer with a template of this room, below its list under “My page”."""
    above = (_("My reports"), reverse("civic_moderation:reports"))
    name = f"civic_sourcing/moderation/{template}.html"
    below = None if template == "reports" else above
    return show_below(request, name, context, above=below, refused=refused)
