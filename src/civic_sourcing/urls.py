"""Addresses that belong to no page; the host includes them at ``civic/``."""

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include("civic_sourcing.core.urls")),
    path("me/notifications/", include("civic_sourcing.notifications.urls")),
    path("", include("civic_sourcing.participants.urls")),
    path("", include("civic_sourcing.attribution.urls")),
]

if apps.is_installed("civic_sourcing.moderation"):
    urlpatterns.append(path("", include("civic_sourcing.moderation.urls")))

if apps.is_installed("civic_sourcing.answers"):
    urlpatterns.append(path("answers/", include("civic_sourcing.answers.urls")))

if apps.is_installed("civic_sourcing.comments"):
    urlpatterns.append(path("comments/", include("civic_sourcing.comments.urls")))

if apps.is_installed("civic_sourcing.challenges"):
    urlpatterns.append(path("judging/", include("civic_sourcing.challenges.panel.urls")))
    urlpatterns.append(path("challenges/", include("civic_sourcing.challenges.partners.urls")))
