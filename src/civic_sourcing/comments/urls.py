"""Addresses of comments, at ``civic/comments/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from civic_sourcing.comments.views import discussions, reading, steps, writing

app_name = "civic_comments"

urlpatterns: list[URLPattern] = [
    path("on/<uuid:place>/", reading.thread, name="thread"),
    path("on/<uuid:place>/arrivals/", reading.arrivals, name="arrivals"),
    path("on/<uuid:place>/people/", reading.people, name="people"),
    path("on/<uuid:place>/post/", writing.post, name="post"),
    path("on/<uuid:place>/close/", discussions.close, name="close_thread"),
    path("on/<uuid:place>/reopen/", discussions.reopen, name="reopen_thread"),
    path("on/<uuid:place>/follow/", discussions.follow, name="follow"),
    path("on/<uuid:place>/unfollow/", discussions.unfollow, name="unfollow"),
    path("<uuid:uuid>/", reading.comment, name="comment"),
    path("<uuid:uuid>/replies/", reading.replies, name="replies"),
    path("<uuid:uuid>/reply/", writing.reply, name="reply"),
    path("<uuid:uuid>/edit/", steps.edit, name="edit"),
    path("<uuid:uuid>/versions/", reading.versions, name="versions"),
    path("<uuid:uuid>/withdraw/", steps.withdraw, name="withdraw"),
    path("<uuid:uuid>/rate/", steps.rate, name="rate"),
]
