"""Addresses that belong to no page, of whichever rooms are installed."""

from django.apps import apps
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

urlpatterns = [
    path("", include(f"{room.name}.urls"))
    for room in apps.get_app_configs()
    if room.name.startswith("civic_sourcing.") and module_has_submodule(room.module, "urls")
]
