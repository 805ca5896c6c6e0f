"""Reading a thread beyond its page: one comment, its versions, more of it, what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from civic_sourcing.comments import people as people_here
from civic_sourcing.comments.display.screens import Screen
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.places import address_of, addresses
from civic_sourcing.comments.views.answers import is_htmx, show
from civic_sourcing.comments.views.finding import comment_or_404, place_or_404
from civic_sourcing.comments.views.steps import trail
from civic_sourcing.core.text.difference import Piece, difference

ARRIVALS_SHOWN = 50
"""Comments that are put into a page somebody reads; more come with the page itself."""


@require_safe
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The lasting address of one comment leads to where it stands now."""
    found = comment_or_404(request, uuid)
    page = addresses([found.thread]).get(found.thread_id)
    if not page:
        raise Http404("The page of this comment is gone.")
    return redirect(address_of(found, page))


@dataclass(frozen=True)
class ShownVersion:
    """One published version, as what changed since the one before; blank where it was emptied."""

    title: str
    at: datetime
    pieces: list[Piece]

    @property
    def is_blank(self) -> bool:
        return not self.pieces


@require_safe
def versions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All versions of a comment that can be read, the newest first."""
    found = comment_or_404(request, uuid)
    if not found.is_readable:
        raise Http404("Nobody can read this comment.")
    page = addresses([found.thread]).get(found.thread_id, "/")
    context = {
        "versions": list(reversed(shown_versions(found))),
        "who": found.author.public_name if found.author else "",
        "language": found.contribution.language,
        "back_url": address_of(found, page),
        "trail": trail(found),
    }
    return show(request, "comment_versions", context)


def shown_versions(comment: Comment) -> list[ShownVersion]:
    rows = list(comment.contribution.versions.order_by("number"))
    before = ["", *(row.text for row in rows)]
    return [
        ShownVersion(
            title=_("Version %(number)d") % {"number": row.number},
            at=row.published_at,
            pieces=difference(earlier or row.text, row.text) if row.text else [],
        )
        for earlier, row in zip(before, rows, strict=False)
    ]


@require_safe
def thread(request: HttpRequest, place: UUID) -> HttpResponse:
    """More comments of a thread for htmx; anybody else is led to the page."""
    found = place_or_404(request, place)
    page = addresses([found]).get(found.pk, "/")
    if not is_htmx(request):
        query = request.GET.urlencode()
        return redirect(f"{page}?{query}#comments" if query else f"{page}#comments")
    screen = Screen(request, found, page_url=page)
    return show(request, "slice", {"parts": screen.parts, "more": screen.more})


@require_safe
def replies(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """More replies below a comment: for htmx in their place, else on a page of their own."""
    found = comment_or_404(request, uuid)
    root = found if found.parent_id is None else found.root
    page = addresses([found.thread]).get(found.thread_id, "/")
    screen = Screen(request, found.thread, page_url=page)
    cursor = request.GET.get("after", "")
    if is_htmx(request):
        parts, more = screen.replies_after(root, cursor)
        return show(request, "slice", {"parts": parts, "more": more})
    context = {"root": screen.conversation(root, cursor), "trail": trail(root)}
    return show(request, "comment_replies", context)


@require_safe
def arrivals(request: HttpRequest, place: UUID) -> HttpResponse:
    """How many comments came in since ``?since=``, in words; with ``?show=1`` the comments."""
    found = place_or_404(request, place)
    since = moment(request.GET.get("since", ""))
    if since is None or found.pk is None:
        return HttpResponse(status=204)
    new = Comment.objects.filter(thread=found).new_since(since)
    if request.user.is_authenticated:
        new = new.exclude(contribution__author__user=request.user.pk)
    if not request.GET.get("show"):
        return tell_number(new.count())
    screen = Screen(request, found, page_url=addresses([found]).get(found.pk, "/"))
    rows = new.with_people().order_by("pk")[:ARRIVALS_SHOWN]
    response = show(request, "arrivals", {"comments": screen.arrivals(rows)})
    response.headers["Civic-Since"] = screen.since
    return response


def moment(given: str) -> datetime | None:
    """The time that ``given`` says, with its offset; ``None`` for anything else."""
    try:
        found = parse_datetime(given)
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def tell_number(number: int) -> HttpResponse:
    if not number:
        return HttpResponse(status=204)
    counted = ngettext("%(number)d new comment", "%(number)d new comments", number)
    words = counted % {"number": number}
    return JsonResponse(
        {
            "number": number,
            "words": _("%(counted)s: show") % {"counted": words},
            "said": words,
        }
    )


@require_safe
def people(request: HttpRequest, place: UUID) -> HttpResponse:
    """Names that go on from ``?name=``, of people everybody can read here anyway."""
    found = place_or_404(request, place)
    names = people_here.names_like(request.GET.get("name", ""), found)
    said = ngettext("%(number)d person found", "%(number)d people found", len(names))
    context: dict[str, Any] = {"names": names, "said": said % {"number": len(names)}}
    return JsonResponse(context)
