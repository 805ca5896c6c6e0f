"""Addresses of the desk, below the admin's ``civic/votes/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.budgets.desk.counting import screens as counting
from civic_sourcing.budgets.desk.counting import steps as counting_steps
from civic_sourcing.budgets.desk.delivery import DeliveryView
from civic_sourcing.budgets.desk.holding import steps
from civic_sourcing.budgets.desk.holding.check import CheckView
from civic_sourcing.budgets.desk.holding.vote import VoteView
from civic_sourcing.budgets.desk.paper import screens as paper
from civic_sourcing.budgets.desk.setup import screens
from civic_sourcing.budgets.desk.trying.screens import TryView
from civic_sourcing.budgets.desk.voters import VotersView

ADDRESSES = [
    path("<uuid:uuid>/money/", screens.MoneyView.as_view(), name="money"),
    path("<uuid:uuid>/ballot/", screens.BallotView.as_view(), name="ballot"),
    path("<uuid:uuid>/choices/", screens.ChoicesView.as_view(), name="choices"),
    path("<uuid:uuid>/counting/", screens.CountingView.as_view(), name="counting"),
    path("<uuid:uuid>/paper/", paper.PaperView.as_view(), name="paper"),
    path("<uuid:uuid>/paper/print/", paper.PrintView.as_view(), name="print_paper"),
    path("<uuid:uuid>/voters/", VotersView.as_view(), name="voters"),
    path("<uuid:uuid>/check/", CheckView.as_view(), name="check"),
    path("<uuid:uuid>/try/", TryView.as_view(), name="try"),
    path("<uuid:uuid>/", VoteView.as_view(), name="vote"),
    path("<uuid:uuid>/rehearse/", steps.RehearseView.as_view(), name="rehearse"),
    path("<uuid:uuid>/rehearsals/<uuid:run>/erase/", steps.EraseView.as_view(), name="erase"),
    path("<uuid:uuid>/open/", steps.OpenView.as_view(), name="open"),
    path("<uuid:uuid>/close/", steps.CloseView.as_view(), name="close"),
    path("<uuid:uuid>/lengthen/", steps.LengthenView.as_view(), name="lengthen"),
    path(
        "<uuid:uuid>/lengthen/<int:pk>/",
        steps.ApproveLengtheningView.as_view(),
        name="approve_lengthening",
    ),
    path("<uuid:uuid>/set-aside/", steps.SetAsideView.as_view(), name="set_aside"),
    path(
        "<uuid:uuid>/set-aside/<int:pk>/",
        steps.ApproveSetAsideView.as_view(),
        name="approve_set_aside",
    ),
    path("<uuid:uuid>/delivery/", DeliveryView.as_view(), name="delivery"),
    path("<uuid:uuid>/count/", counting.CountView.as_view(), name="count"),
    path("<uuid:uuid>/count/start/", counting_steps.StartView.as_view(), name="start_count"),
    path("<uuid:uuid>/count/progress/", counting.ProgressView.as_view(), name="count_progress"),
    path("<uuid:uuid>/count/<int:version>/", counting.VersionView.as_view(), name="count_version"),
    path(
        "<uuid:uuid>/count/<int:version>/publish/",
        counting_steps.PublishView.as_view(),
        name="publish_count",
    ),
    path(
        "<uuid:uuid>/count/<int:version>/confirm/",
        counting_steps.ConfirmView.as_view(),
        name="confirm_count",
    ),
    path(
        "<uuid:uuid>/count/confirmations/<int:pk>/",
        counting_steps.ApproveConfirmationView.as_view(),
        name="approve_confirmation",
    ),
]
