"""Addresses of partners, below ``civic/challenges/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.challenges.partners import views

app_name = "civic_challenges"

urlpatterns = [path("via/<str:code>/", views.via, name="via")]
