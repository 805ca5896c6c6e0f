"""Addresses of moderation, included below ``civic/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "civic_moderation"

urlpatterns: list[URLPattern | URLResolver] = []
