"""Addresses of moderation, included below ``civic/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from civic_sourcing.moderation.appeals import urls as appeals
from civic_sourcing.moderation.reports import urls as reports
from civic_sourcing.moderation.showing import urls as showing

app_name = "civic_moderation"

urlpatterns: list[URLPattern | URLResolver] = [
    *reports.urlpatterns,
    *appeals.urlpatterns,
    *showing.urlpatterns,
]
