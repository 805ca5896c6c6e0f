"""The printable certificate, and the page where anybody checks a fingerprint."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from civic_sourcing.attribution.certificates.checking import find, groups, read_fingerprint
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.credits.forms import FingerprintForm
from civic_sourcing.attribution.views.answers import place_of, readable, show
from civic_sourcing.core.exceptions import ActionRefused


@require_safe
def certificate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was handed in, by whom, when to the microsecond, and the fingerprint of each version."""
    contribution = readable(request, uuid)
    versions = list(contribution.versions.order_by("number"))
    latest = versions[-1] if versions else None
    context = {
        "contribution": contribution,
        "credits": credits_for(contribution, request),
        "versions": versions,
        "latest": latest,
        "groups": groups(latest.fingerprint) if latest else [],
        "check_url": request.build_absolute_uri(reverse("civic_attribution:check")),
        "trail": [place_of(contribution)],
    }
    return show(request, "certificate", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The form for a fingerprint."""
    form = FingerprintForm(request.GET if "fingerprint" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        return show(request, "check", {"form": form})
    try:
        fingerprint = read_fingerprint(form.cleaned_data["fingerprint"])
    except ActionRefused as refused:
        form.add_error("fingerprint", refused.message)
        return show(request, "check", {"form": form})
    return redirect("civic_attribution:check_fingerprint", fingerprint)


@require_safe
def check_fingerprint(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Say what a fingerprint belongs to, or that it is not known here."""
    try:
        plain = read_fingerprint(fingerprint)
    except ActionRefused as refused:
        form = FingerprintForm({"fingerprint": fingerprint})
        form.is_valid()
        form.add_error("fingerprint", refused.message)
        return show(request, "check", {"form": form}, status=404)
    finding = find(plain, request)
    context = {
        "fingerprint": plain,
        "groups": groups(plain),
        "finding": finding,
        "form": FingerprintForm(initial={"fingerprint": plain}),
        "place": place_of(finding.contribution) if finding and finding.is_public else None,
    }
    return show(request, "check", context, status=200 if finding else 404)
