"""Addresses of these screens, below the admin's ``civic/challenges-results/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.challenges.results_desk.award import AwardScreen
from civic_sourcing.challenges.results_desk.ledger import LedgerScreen
from civic_sourcing.challenges.results_desk.phase import PhaseScreen
from civic_sourcing.challenges.results_desk.winner import WinnerScreen

ADDRESSES = [
    path("<uuid:uuid>/", LedgerScreen.as_view(), name="index"),
    path("<uuid:uuid>/phases/<int:number>/", PhaseScreen.as_view(), name="phase"),
    path("<uuid:uuid>/awards/<uuid:award>/", AwardScreen.as_view(), name="award"),
    path("<uuid:uuid>/awards/<uuid:award>/winner/", WinnerScreen.as_view(), name="winner"),
]
