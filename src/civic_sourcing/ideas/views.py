"""What people see of forums and ideas. Pages are served by Wagtail, which calls these by route."""

from datetime import datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Subquery, prefetch_related_objects
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.attribution.traces import traced
from civic_sourcing.attribution.views.credits import show_credits
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.policies import Occasion, Policy
from civic_sourcing.ideas import similar_ideas, tallies
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.listing import IdeaList, readings
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.listing.views import feed, geojson  # noqa: F401 - routes find them here
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaMixin
from civic_sourcing.ideas.policies import while_ideas_are_collected, while_support_is_taken
from civic_sourcing.ideas.standing import Standing
from civic_sourcing.ideas.writing.showing import Writing
from civic_sourcing.participants.standing import reader_of
from civic_sourcing.processes.status import ProcessStatus

AS_WISHED = frozenset({"already-supported", "not-supported"})
"""Refusals that say: it is as you wanted it. A second press is no mistake."""


@require_safe
def ideas(request: HttpRequest, forum: IdeaForumMixin) -> HttpResponse:
    """The forum: its question, and the list of its ideas."""
    known = None
    if forum.process_id:
        forum.process, known = readings.process_now(forum.process_id)
    before_reading(forum.process)
    at = clock.of_request(request, known)
    context = {
        "idea_list": IdeaList(forum, request, are_supports_told(forum.process, at)),
        "closed": sentence(while_ideas_are_collected, forum, at),
        "status": ProcessStatus(forum.process, at) if forum.process else None,
        "propose_url": address(request, forum, "propose"),
    }
    return show(request, forum, "idea_forum_page", context)


@require_safe
def similar(request: HttpRequest, forum: IdeaForumMixin) -> HttpResponse:
    """What is like the title being typed: a part of a page, empty where nothing is."""
    try:
        found = similar_ideas.while_typing(request, forum.home)
    except RateLimited as refused:
        return HttpResponse(status=429, headers={"Retry-After": str(refused.retry_after)})
    return TemplateResponse(request, "civic_sourcing/ideas/similar.html", {"similar": found})


@require_safe
def idea(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    rows = Contribution.objects.select_related(
        "author__user", "licence__licence", "process__forum_rules"
    )
    code = Locale.objects.filter(pk=page.locale_id).values("language_code")
    rows = traced(rows).annotate(page_language=Subquery(code), read_at=Now())
    page.contribution = rows.get(pk=page.contribution_id)
    clock.of_request(request, page.contribution.read_at)
    page.locale = Locale(pk=page.locale_id, language_code=page.contribution.page_language)
    page.process = page.contribution.process
    page.contribution.kind_of.keep_at_hand(page.contribution, page)
    count_visit(request, page)
    return show_idea(request, page, standing_of(request, page))


def count_visit(request: HttpRequest, page: IdeaMixin) -> None:
    """Count a visit to a published idea, but not its author's."""
    author = page.contribution.author
    if page.live and (author is None or author.user_id != request.user.pk):
        tallies.opened(page.contribution_id)


@require_safe
def credits(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """Who is behind the idea, with its family tree."""
    return show_credits(request, page.contribution)


def show_idea(
    request: HttpRequest, page: IdeaMixin, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    forum = page.get_parent()
    forum_url = forum.get_url(request)
    context |= {
        "trail": [{"title": forum.title, "url": forum_url}],
        "tags": [
            {"label": tag.name, "url": f"{forum_url}?{urlencode({'tag': tag.name})}"}
            for tag in page.tags.all()
        ],
    }
    return show(request, page, "idea_page", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """Support on POST; on GET ask for it, as after signing in."""
    return step(request, page, SupportIdea, route="support")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_support(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """Take support back on POST; on GET ask for it."""
    return step(request, page, WithdrawSupport, route="withdraw_support")


def step(request: HttpRequest, page: IdeaMixin, action: Any, *, route: str) -> HttpResponse:
    """Lead through sign-in, ask, act, and show the button as it stands afterwards."""
    if not request.user.is_authenticated and not sentence(while_support_is_taken, page):
        return lead_to_sign_in(request, address(request, page, route))
    if request.method != "POST":
        return confirm(request, page, route)
    refused = None
    try:
        action(page, by=request.user).execute()
    except ActionRefused as refusal:
        refused = None if refusal.code in AS_WISHED else refusal
    return show_button(request, page, refused)


def confirm(request: HttpRequest, page: IdeaMixin, route: str) -> HttpResponse:
    """The question before the step, unless it is answered already."""
    context = standing_of(request, page)
    if context["standing"].mine is (route == "support"):
        return redirect(page.get_url(request))
    return show(request, page, f"idea_confirm_{route}", context)


def show_button(
    request: HttpRequest, page: IdeaMixin, refused: ActionRefused | None
) -> HttpResponse:
    """In place where the button was pressed by htmx, on the idea's page otherwise."""
    context = standing_of(request, page) | {"refused": refused.message if refused else ""}
    if is_htmx(request):
        return show(request, page, "support", context)
    if refused is None:
        return redirect(page.get_url(request))
    return show_idea(request, page, context, status=status_of(refused))


def standing_of(request: HttpRequest, page: IdeaMixin) -> dict[str, Any]:
    known = ["phases", "eligibility_rules"] if request.user.is_authenticated else ["phases"]
    prefetch_related_objects([page.process], *known)
    reader, at = reader_of(request), clock.of_request(request)
    standing = Standing.of(request.user, page, at=at, participant=reader)
    return {
        "standing": standing,
        "writing": Writing(page, request, reader),
        "idea_url": page.get_url(request),
        "support_url": address(request, page, "support"),
        "withdraw_url": address(request, page, "withdraw_support"),
    }


def show(
    request: HttpRequest, page: Any, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with one of the room's templates, or with the page type's own where it has one."""
    own = page.get_template(request) if template.endswith("_page") else None
    return TemplateResponse(
        request,
        own or f"civic_sourcing/ideas/{template}.html",
        page.get_context(request) | context,
        status=status,
    )


def address(request: HttpRequest, page: Any, route: str) -> str:
    return (page.get_url(request) or "") + page.reverse_subpage(route)


def sentence(policy: Policy, page: Any, at: datetime | None = None) -> str:
    """What keeps everybody out just now, or nothing. A page in preview may have no process yet."""
    if page.process is None:
        return ""
    page.process.read_phases()
    refusal = policy.refusal(Occasion(None, page, at or clock.now()))
    return str(refusal.message) if refusal else ""


def lead_to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    response = redirect_to_login(then)
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": response.url})
    return response


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def status_of(refused: ActionRefused) -> int:
    return 429 if isinstance(refused, RateLimited) else 409
