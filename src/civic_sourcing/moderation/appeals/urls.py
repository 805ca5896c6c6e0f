"""Addresses of decisions about oneself and of appeals, included below ``civic/``."""

from django.urls import path

from civic_sourcing.moderation.appeals import views

urlpatterns = [
    path("appeals/", views.appeals, name="appeals"),
    path("appeals/<uuid:uuid>/", views.decision, name="decision"),
    path("appeals/<uuid:uuid>/appeal/", views.appeal, name="appeal"),
]
