"""Addresses of claims, included below ``civic/``."""

from django.urls import path

from civic_sourcing.attribution.claims import views

urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/new/<uuid:uuid>/", views.new_claim, name="new_claim"),
    path("claims/<uuid:uuid>/", views.claim, name="claim"),
    path("claims/<uuid:uuid>/answer/", views.answer_claim, name="answer_claim"),
    path("claims/<uuid:uuid>/appeal/", views.appeal_claim, name="appeal_claim"),
    path("claims/<uuid:uuid>/accept/", views.accept_decision, name="accept_decision"),
    path("claims/<uuid:uuid>/withdraw/", views.withdraw_claim, name="withdraw_claim"),
]
