"""Addresses of comments, at ``civic/comments/``."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "civic_comments"

urlpatterns: list[URLPattern] = []
