"""Where people meet a condition, or object to a refusal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.codes.actions import RedeemCode
from civic_sourcing.participants.codes.tries import OBJECTIONS, REGISTERS, Tries
from civic_sourcing.participants.eligibility.actions import FileObjection, ProveRegister, StateAge
from civic_sourcing.participants.eligibility.forms import (
    AgeForm,
    CodeForm,
    ObjectionForm,
    RegisterForm,
)
from civic_sourcing.participants.eligibility.kinds import AgeVerifier
from civic_sourcing.participants.eligibility.offices import office_of
from civic_sourcing.participants.eligibility.places import visible_page, visible_place
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.models import (
    EligibilityRule,
    Objection,
    Participant,
    Register,
)
from civic_sourcing.participants.views.answers import for_oneself, status_of
from civic_sourcing.processes.models import Process

HELPED = frozenset({"no-match", "code-not-valid"})
"""Refusals that a person may object to."""


@require_safe
@never_cache
def eligibility(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who may take part in this process, and how the visitor stands to it."""
    process, page = visible_place(request, uuid)
    standing = Eligibility(request.user, process, clock.now())
    return show(request, page, "eligibility", {"eligibility": standing})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def code(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Enter a code of one process."""
    process, page = visible_place(request, uuid)
    return take_code(request, participant, page, process)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def any_code(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Enter a code without saying of which process: the short address printed on every card."""
    return take_code(request, participant, None, None)


@sensitive_variables("form")
def take_code(
    request: HttpRequest, participant: Participant, page: Any, process: Process | None
) -> HttpResponse:
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "title": _("Enter your code")}
    if request.method != "POST" or not form.is_valid():
        return show(request, page, "ask", context)
    office = office_of(process)
    try:
        tries = Tries(request)
        used = RedeemCode(
            participant,
            by=request.user,
            code=form.cleaned_data["code"],
            process=process,
            office=office,
        ).execute()
    except ActionRefused as refused:
        return show_refusal(request, page, context, refused, process)
    tries.was_right()
    messages.success(
        request, _("Your code is accepted. You need not enter it again."), fail_silently=True
    )
    return redirect(address_of(request, used.process))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def register(
    request: HttpRequest, participant: Participant, uuid: UUID, register_uuid: UUID
) -> HttpResponse:
    """Prove that one is on a register this process asks for."""
    process, page = visible_place(request, uuid)
    asked = rule_options(process, "register").get("register")
    found = get_object_or_404(Register, uuid=register_uuid)
    if asked != str(found.uuid):
        raise Http404
    form = RegisterForm(request.POST or None, register=found)
    context: dict[str, Any] = {
        "form": form,
        "title": _("Are you on the register?"),
        "lead": found.name,
        "note": _("What you enter is compared and not kept."),
    }
    if request.method != "POST" or not form.is_valid():
        return show(request, page, "ask", context)
    try:
        tries = Tries(request, REGISTERS)
        ProveRegister(
            participant,
            by=request.user,
            register=found,
            values=form.values,
            office=office_of(process),
        ).execute()
    except ActionRefused as refused:
        return show_refusal(request, page, context, refused, process)
    tries.was_right()
    messages.success(request, _("You were found on the register."), fail_silently=True)
    return redirect(address_of(request, process))


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def age(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """One question, answered once."""
    process, page = visible_place(request, uuid)
    options = rule_options(process, AgeVerifier.key)
    if not options.get("own_word"):
        raise Http404
    words = AgeVerifier(options).in_words
    form = AgeForm(request.POST or None, question=_("Are you %(age)s?") % {"age": words})
    context: dict[str, Any] = {
        "form": form,
        "title": _("One question about your age"),
        "note": _("Only this answer is kept, no date of birth. You can give it once."),
    }
    if request.method != "POST" or not form.is_valid():
        return show(request, page, "ask", context)
    try:
        StateAge(
            participant,
            by=request.user,
            process=process,
            yes=form.cleaned_data["answer"] == "yes",
        ).execute()
    except ActionRefused as refused:
        return show_refusal(request, page, context, refused, None)
    return redirect(address_of(request, process))


@sensitive_post_parameters("text", "contact")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def object_to(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Object to a refusal, with or without an account."""
    process, page = visible_place(request, uuid)
    condition = known_condition(request.GET.get("condition", ""))
    form = ObjectionForm(request.POST or None, user=request.user)
    context: dict[str, Any] = {
        "form": form,
        "title": _("Object to a refusal"),
        "lead": _("Say why you should be able to take part. %(office)s will answer you.")
        % {"office": office_of(process)},
        "submit": _("Send the objection"),
    }
    if request.method != "POST" or not form.is_valid():
        return show(request, page, "ask", context)
    try:
        Tries(request, OBJECTIONS)
        objection = FileObjection(
            process,
            by=request.user,
            condition=condition,
            text=form.cleaned_data["text"],
            contact=form.cleaned_data.get("contact", ""),
            language=get_language() or "",
        ).execute()
    except ActionRefused as refused:
        return show_refusal(request, page, context, refused, None)
    return redirect("civic_participants:objection", uuid=process.uuid, objection=objection.uuid)


@require_safe
@never_cache
def objection(request: HttpRequest, uuid: UUID, objection: UUID) -> HttpResponse:
    """That the objection was received and until when it is answered; its words for its author."""
    process, page = visible_place(request, uuid)
    found = get_object_or_404(Objection, uuid=objection, process=process)
    owner = found.participant.user_id if found.participant else None
    if owner is not None and owner != request.user.pk:
        raise Http404
    mine = owner is not None
    return show(request, page, "objection", {"objection": found, "mine": mine})


def known_condition(code: str) -> str:
    """The code of a condition as it came in the address: short ASCII, or nothing."""
    short = code[:40]
    return short if short.replace("-", "").isalnum() and short.isascii() else ""


def rule_options(process: Process, verifier: str) -> dict[str, Any]:
    rule = EligibilityRule.objects.filter(process=process, verifier=verifier).first()
    return dict(rule.options) if rule else {}


def address_of(request: HttpRequest, process: Process) -> str:
    """The page of the process; where this visitor cannot open it, their own page."""
    page = visible_page(request, process)
    if page is None:
        return reverse("civic_participants:me")
    return reverse("civic_participants:eligibility", args=[process.uuid])


def show_refusal(
    request: HttpRequest,
    page: Any,
    context: dict[str, Any],
    refused: ActionRefused,
    process: Process | None,
) -> HttpResponse:
    context["refused"] = refused.message
    if process is not None and refused.code in HELPED:
        context["objection_url"] = objection_address(process, refused.code)
    return show(request, page, "ask", context, status=status_of(refused))


def objection_address(process: Process, condition: str) -> str:
    address = reverse("civic_participants:object", args=[process.uuid])
    return f"{address}?condition={condition}"


def show(
    request: HttpRequest, page: Any, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    trail = [{"title": page.title, "url": page.get_url(request)}] if page else []
    return TemplateResponse(
        request,
        f"civic_sourcing/participants/eligibility/{template}.html",
        {"place": page, "trail": trail, **context},
        status=status,
    )
