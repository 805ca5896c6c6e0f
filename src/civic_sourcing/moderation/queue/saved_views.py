"""Keep the filters of the queue under a name, and forget them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.moderation.models import SavedView
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import moderates
from civic_sourcing.moderation.queue.screens import forbidden

MOST_VIEWS = 20


class SavedViewForm(forms.Form):
    """A name for the filters of this view."""

    name = PlainTextField(label=_("Name of the view"), max_length=60, single_line=True)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        return QueryDict(self.cleaned_data["query"]).urlencode()


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Save or replace one's own view of that name."""
    if not moderates(request.user):
        return forbidden(request)
    form = SavedViewForm(request.POST)
    owner: Any = request.user
    own = SavedView.objects.filter(user=owner)
    if not form.is_valid():
        messages.error(request, _now("Please give the view a name of at most 60 characters."))
        return redirect(f"{URL_NAME}:index")
    name, query = form.cleaned_data["name"], form.cleaned_data["query"]
    if own.exclude(name=name).count() >= MOST_VIEWS:
        messages.error(request, _now("You have 20 views. Please delete one first."))
    else:
        SavedView.objects.update_or_create(user=owner, name=name, defaults={"query": query})
        messages.success(request, _now("The view “%(name)s” is saved.") % {"name": name})
    url = reverse(f"{URL_NAME}:index")
    return redirect(f"{url}?{query}" if query else url)


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own view; those of others are not found."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user.pk)
    view.delete()
    messages.success(request, _now("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(f"{URL_NAME}:index")
