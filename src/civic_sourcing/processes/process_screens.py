"""The frame of screens on which editors settle one matter of a process, beside its pages."""

from __future__ import annotations

from typing import Any

import swapper
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.process import Process


class ProcessScreen(WagtailAdminTemplateMixin, FormView):
    """
    One form about the process of the address, for people who may publish one of its pages.

    Subclasses name form, template, ``page_title`` and ``done`` (told afterwards), and take the step
    in ``settle``; what it refuses is shown above the form with what was typed. Those whose matter
    other people may settle say so in ``may_settle``.
    """

    done: Any
    _show_breadcrumbs = True

    def settle(self, form: Any) -> None:
        """Take the step the form asks for. Raises ``ActionRefused``."""
        raise NotImplementedError

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not self.may_settle():
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    def may_settle(self) -> bool:
        allowed: bool = self.page.permissions_for_user(self.request.user).can_publish()
        return allowed

    @cached_property
    def process(self) -> Process:
        return get_object_or_404(Process, uuid=self.kwargs["uuid"])

    @cached_property
    def page(self) -> Any:
        """A page of the process, its own rather than an alias."""
        pages = swapper.load_model("wagtailcore", "Page").objects
        pages = pages.filter(translation_key=self.process.translation_key, alias_of=None)
        return get_object_or_404(pages.order_by("pk")[:1]).specific

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.back_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_page_subtitle(self) -> str:
        title: str = self.page.get_admin_display_title()
        return title

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.settle(form)
        except ActionRefused as refused:
            return self.render_to_response(
                self.get_context_data(form=form, refused=refused.message), status=409
            )
        messages.success(self.request, self.done)
        return redirect(self.next_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back_url": self.back_url}

    @property
    def next_url(self) -> str:
        """Where the step leads."""
        return self.back_url

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
