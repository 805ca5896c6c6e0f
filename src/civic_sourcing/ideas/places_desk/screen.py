"""The screen on which editors set up categories and districts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.ideas.actions.places import SetPlaces
from civic_sourcing.ideas.models import Category, District
from civic_sourcing.ideas.places_desk.forms import CategoryFormSet, DistrictFormSet, rows_of
from civic_sourcing.processes.process_screens import ProcessScreen


class PlacesView(ProcessScreen):
    """Say what ideas are sorted by. For people who may publish one of the forum's pages."""

    form_class = forms.Form
    template_name = "civic_sourcing/ideas/admin/places.html"
    page_title = _("Categories and districts")
    header_icon = "tag"
    done = _("Categories and districts are changed.")

    @cached_property
    def formsets(self) -> dict[str, Any]:
        sent = self.request.POST if self.request.method == "POST" else None
        rows = {"categories": Category, "districts": District}
        kinds = {"categories": CategoryFormSet, "districts": DistrictFormSet}
        return {
            name: kinds[name](sent, prefix=name, initial=rows_of(model.objects.of(self.process)))
            for name, model in rows.items()
        }

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        valid = [rows.is_valid() for rows in self.formsets.values()]
        return self.form_valid(form) if form.is_valid() and all(valid) else self.form_invalid(form)

    def settle(self, form: Any) -> None:
        places = {name: rows.places() for name, rows in self.formsets.items()}
        SetPlaces(self.process, by=self.request.user, **places).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = [
            {
                "name": "categories",
                "heading": _("Categories"),
                "add": _("Add a category"),
                "rows": self.formsets["categories"],
            },
            {
                "name": "districts",
                "heading": _("Districts"),
                "add": _("Add a district"),
                "rows": self.formsets["districts"],
            },
        ]
        media = self.formsets["categories"].media + self.formsets["districts"].media
        return {**super().get_context_data(**kwargs), "lists": lists, "media": media}


ADDRESSES = [
    path("processes/<uuid:uuid>/places/", PlacesView.as_view(), name="places"),
]
