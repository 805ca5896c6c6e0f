"""Where the author of something on paper types the code of the sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from civic_sourcing.attribution.actions.enter import ClaimByCode
from civic_sourcing.attribution.credits.forms import ClaimCodeForm
from civic_sourcing.attribution.entering.codes import find_code
from civic_sourcing.attribution.views.answers import show, status_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import client_ip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_by_code(request: HttpRequest) -> HttpResponse:
    """Link what was entered for somebody to their account."""
    form = ClaimCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "claim_by_code", {"form": form})
    user: Any = request.user
    try:
        code = find_code(form.cleaned_data["code"], person=user.pk, address=client_ip(request))
        contribution = ClaimByCode(code, by=user).execute()
    except ActionRefused as refused:
        form.add_error("code", refused.message)
        return show(request, "claim_by_code", {"form": form}, status=status_of(refused))
    messages.success(request, _("It is yours now, and you are named with it."), fail_silently=True)
    return redirect("civic_attribution:credits", contribution.uuid)
