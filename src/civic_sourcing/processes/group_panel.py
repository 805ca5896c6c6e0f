"""Roles on pages, given where Wagtail gives page permissions: in the group's edit screen."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import swapper
from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminPageChooser

from civic_sourcing.processes.role_assignments import RoleAssignment
from civic_sourcing.processes.roles import Role, roles

TEMPLATE = "civic_sourcing/processes/admin/roles_formset.html"


class RoleAssignmentForm(forms.Form):
    """The roles of a group on one page."""

    page: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Page"),
        queryset=None,
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page_model = swapper.load_model("wagtailcore", "Page")
        self.fields["page"].queryset = page_model.objects.all()  # type: ignore[attr-defined]
        choices = [(role.key, role.label) for role in roles()]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]


class BaseRoleAssignmentFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Modelled on Wagtail's page permissions: one row per page, one tick per role."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        instance: Group | None = None,
        prefix: str = "civic_roles",
    ) -> None:
        self.instance = instance or Group()
        super().__init__(data, files, initial=self._given(), prefix=prefix)

    @property
    def roles(self) -> list[Role]:
        return roles()

    def clean(self) -> None:
        if any(self.errors):
            return
        pages = [form.cleaned_data["page"].pk for form in self._kept()]
        if len(set(pages)) != len(pages):
            raise forms.ValidationError(
                _("You cannot give roles on the same page twice. Tick them in one row."),
                code="page-twice",
            )

    @transaction.atomic
    def save(self) -> None:
        wanted = {
            (form.cleaned_data["page"].pk, role)
            for form in self._kept()
            for role in form.cleaned_data["roles"]
        }
        for assignment in RoleAssignment.objects.filter(group=self.instance):
            pair = (assignment.page_id, assignment.role)
            if pair in wanted:
                wanted.discard(pair)
            elif assignment.role in {role.key for role in roles()}:
                assignment.delete()
        RoleAssignment.objects.bulk_create(
            [RoleAssignment(group=self.instance, page_id=pk, role=role) for pk, role in wanted],
            ignore_conflicts=True,
        )

    def as_admin_panel(self) -> str:
        return render_to_string(TEMPLATE, {"formset": self})

    def _kept(self) -> list[RoleAssignmentForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("page")
        ]

    def _given(self) -> list[dict[str, Any]]:
        if self.instance.pk is None:
            return []
        given = self.instance.civic_roles.select_related("page").order_by("page")
        return [
            {"page": page, "roles": [assignment.role for assignment in assignments]}
            for page, assignments in groupby(given, lambda assignment: assignment.page)
        ]


RoleAssignmentFormSet: Any = forms.formset_factory(
    RoleAssignmentForm, formset=BaseRoleAssignmentFormSet, extra=0, can_delete=True
)
