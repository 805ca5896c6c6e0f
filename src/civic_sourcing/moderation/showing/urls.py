"""Addresses of the public log, included below ``civic/``."""

from django.urls import path

from civic_sourcing.moderation.showing import views

urlpatterns = [
    path("moderation-log/", views.moderation_log, name="moderation_log"),
    path("moderation-log/feed/", views.ModerationLogFeed(), name="moderation_log_feed"),
    path("moderation-log/moderation-log.csv", views.moderation_log_csv, name="moderation_log_csv"),
]
