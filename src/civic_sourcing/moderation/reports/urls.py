"""Addresses of reports, included below ``civic/``."""

from django.urls import path

from civic_sourcing.moderation.reports import views

urlpatterns = [
    path("netiquette/", views.netiquette, name="netiquette"),
    path("reports/", views.reports, name="reports"),
    path("reports/new/<uuid:uuid>/", views.new_report, name="new_report"),
    path(
        "reports/new/person/<uuid:uuid>/",
        views.new_report_about_person,
        name="new_report_about_person",
    ),
    path("reports/<uuid:uuid>/", views.report, name="report"),
]
