"""Addresses of judges, below ``civic/judging/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.challenges.panel import views

app_name = "civic_judging"

urlpatterns = [
    path("", views.index, name="index"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("panels/<uuid:judge>/", views.panel, name="panel"),
    path("panels/<uuid:judge>/step-down/", views.step_down, name="step_down"),
    path("entries/<uuid:assignment>/", views.entry, name="entry"),
    path("entries/<uuid:assignment>/conflict/", views.conflict, name="conflict"),
    path("entries/<uuid:assignment>/files/<int:number>/", views.file, name="file"),
]
