"""Addresses of comments, at ``civic/comments/``."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from civic_sourcing.comments.models import Comment

app_name = "civic_comments"


def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Lead to where the comment stands."""
    found = get_object_or_404(Comment.objects.shown(), contribution__uuid=uuid)
    url = found.contribution.kind_of.url(found.contribution)
    if not url:
        raise Http404
    return redirect(url)


urlpatterns = [path("<uuid:uuid>/", comment, name="comment")]
