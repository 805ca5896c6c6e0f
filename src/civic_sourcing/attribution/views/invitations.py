"""The link in a mail to somebody who may have no account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from civic_sourcing.attribution.actions.credits import AcceptInvitation, DeclineInvitation
from civic_sourcing.attribution.credits.invitations import find_by_token
from civic_sourcing.attribution.family.visibility import public_keys
from civic_sourcing.attribution.models import Credit
from civic_sourcing.attribution.views.answers import show, status_of
from civic_sourcing.core.exceptions import ActionRefused


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; to be named takes an account, to decline does not. The link alone changes nothing."""
    credit = find_by_token(token)
    if credit is None:
        raise Http404
    choice = request.POST.get("answer") if request.method == "POST" else None
    if choice == "accept" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    response = answered(request, credit, token, choice) if choice else ask(request, credit)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def answered(request: HttpRequest, credit: Credit, token: str, choice: str) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    step = {"accept": AcceptInvitation, "decline": DeclineInvitation}.get(choice)
    if step is None:
        return ask(request, credit)
    try:
        step(credit, by=by, token=token).execute()
    except ActionRefused as refused:
        return ask(request, credit, refused=refused)
    if choice == "decline":
        return show(request, "invitation_declined", {"credit": credit})
    messages.success(request, _("You are named now."), fail_silently=True)
    return redirect("civic_attribution:credits", credit.contribution.uuid)


def ask(
    request: HttpRequest, credit: Credit, *, refused: ActionRefused | None = None
) -> HttpResponse:
    contribution = credit.contribution
    context = {
        "credit": credit,
        "contribution": contribution,
        "is_public": contribution.pk in public_keys([contribution], request),
        "refused": refused.message if refused else "",
    }
    return show(request, "invitation", context, status=status_of(refused) if refused else 200)
