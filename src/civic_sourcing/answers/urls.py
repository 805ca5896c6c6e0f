"""Addresses of official answers, included below ``civic/answers/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from civic_sourcing.answers.public import delivery_views, views

app_name = "civic_answers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.kept_promises, name="kept_promises"),
    path("answers.csv", views.kept_promises_csv, name="kept_promises_csv"),
    path("deliveries/", delivery_views.deliveries, name="deliveries"),
    path("deliveries.csv", delivery_views.deliveries_csv, name="deliveries_csv"),
    path("<uuid:uuid>/follow/", delivery_views.follow, name="follow"),
    path("<uuid:uuid>/unfollow/", delivery_views.unfollow, name="unfollow"),
]
