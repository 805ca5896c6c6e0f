"""Addresses of official answers, included below ``civic/answers/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "civic_answers"

urlpatterns: list[URLPattern | URLResolver] = []
