"""What the views of this room share: who may read, their templates, how they say no."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited
from civic_sourcing.processes.roles import roles_of


def readable(request: HttpRequest, uuid: UUID) -> Contribution:
    """
    Return the contribution, or raise 404.

    What is not public is there for its author, for who is named with it, and for the city's staff.
    """
    rows = Contribution.objects.select_related("author__user", "process", "licence__licence")
    contribution = rows.filter(uuid=uuid).first()
    if contribution is not None and not contribution.is_public:
        before_reading(contribution.process)
        contribution = rows.get(pk=contribution.pk)
    if contribution is None or not may_read(request, contribution):
        raise Http404
    return contribution


def may_read(request: HttpRequest, contribution: Contribution) -> bool:
    if contribution.pk in public_keys([contribution], request):
        return True
    user: Any = request.user
    if not user.is_authenticated:
        return False
    author = contribution.author
    if author is not None and author.user_id == user.pk:
        return True
    if contribution.credits.standing().filter(participant__user=user).exists():
        return True
    return bool(roles_of(user, contribution))


def place_of(contribution: Contribution) -> dict[str, str]:
    """Title and address of a contribution, for a breadcrumb; the address may be empty."""
    url = addresses([contribution]).get(contribution.pk, "")
    return {"title": contribution.title, "url": url}


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a template of this room."""
    path = f"civic_sourcing/attribution/{template}.html"
    return TemplateResponse(request, path, context, status=status)


def status_of(refused: ActionRefused) -> int:
    if isinstance(refused, RateLimited):
        return 429
    return 403 if isinstance(refused, ActionForbidden) else 409
