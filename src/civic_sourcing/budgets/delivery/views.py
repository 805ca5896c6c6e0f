"""How the projects of one vote are carried out: the town's list of promises, of this vote alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic_sourcing.answers.public.deliveries import visible
from civic_sourcing.processes.models import Process


@never_cache
@require_safe
def delivery(request: HttpRequest, page: Any) -> HttpResponse:
    """Lead to the list; 404 while nothing is promised."""
    url = delivery_url(page.process)
    if not url:
        raise Http404
    return redirect(url)


def delivery_url(process: Process | None) -> str:
    """Where people read how the projects are carried out; empty while nothing is promised."""
    if process is None or not visible().filter(contribution__process=process).exists():
        return ""
    return f"{reverse('civic_answers:deliveries')}?where={process.uuid}"
