import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civic_sourcing.core import clock
from civic_sourcing.notifications.conf import conf
from civic_sourcing.notifications.forms import PreferencesForm, ReadAllForm
from civic_sourcing.notifications.models import Notification
from civic_sourcing.notifications.unsubscribing import Scope

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@require_safe
@never_cache
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything this person was told, newest first."""
    mine = Notification.objects.inbox(request.user)
    page = Paginator(mine, conf.NOTIFICATIONS_PER_PAGE).get_page(request.GET.get("page"))
    unread = mine.unread().aggregate(number=Count("pk"), newest=Max("pk"))
    return show(request, "inbox", {"page_of_notifications": page, "unread": unread})


@require_POST
@login_required
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark one as read, then go where it leads (``open``) or back to the inbox."""
    notification = get_object_or_404(Notification.objects.inbox(request.user), uuid=uuid)
    Notification.objects.filter(pk=notification.pk).mark_read(clock.now())
    if "open" in request.POST and notification.url:
        return redirect(notification.url)
    return redirect(back_to_inbox(request))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read but what has come since the inbox was opened."""
    form = ReadAllForm(request.POST)
    if form.is_valid():
        mine = Notification.objects.inbox(request.user)
        mine.filter(pk__lte=form.cleaned_data["upto"]).mark_read(clock.now())
    return redirect(back_to_inbox(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Which news, and how."""
    form = PreferencesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are saved."), fail_silently=True)
        return redirect("civic_notifications:settings")
    trail = [{"title": _("Notifications"), "url": reverse("civic_notifications:inbox")}]
    context = {"form": form, "trail": trail}
    return show(request, "settings", context, status=400 if form.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """
    Turn mail off for whoever has the link. GET only asks: programs that look into mail open links.

    The POST may come from a mail program (RFC 8058), without cookies, so that there is no CSRF
    token to ask for; what it can do, the link's signature alone decides.
    """
    scope = Scope.from_token(token)
    if scope is not None and request.method == "POST":
        scope.turn_off()
    context = {"scope": scope, "done": request.method == "POST"}
    response = show(request, "unsubscribe", context, status=200 if scope else 404)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    path = f"civic_sourcing/notifications/{template}.html"
    return TemplateResponse(request, path, context, status=status)


def back_to_inbox(request: HttpRequest) -> str:
    number = request.POST.get("page", "")
    query = f"?page={number}" if PAGE_NUMBER.fullmatch(number) else ""
    return reverse("civic_notifications:inbox") + query
