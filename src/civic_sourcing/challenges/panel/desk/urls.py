"""Addresses of the manager's screens, below the admin's ``civic/judging/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.challenges.panel.desk.panel import PanelScreen
from civic_sourcing.challenges.panel.desk.rounds import RoundScreen

ADDRESSES = [
    path("<uuid:uuid>/", PanelScreen.as_view(), name="panel"),
    path("<uuid:uuid>/phases/<int:number>/", RoundScreen.as_view(), name="round"),
]
