"""What the city makes of things: list, plan, milestones, news, status, gaps."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from civic_sourcing.answers.actions import (
    Adopt,
    ChangeAdoptionStatus,
    PlanAdoption,
    RemoveMilestone,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.desk.adoption_forms import (
    PLAN,
    AdoptForm,
    MilestoneForm,
    NewsForm,
    ReplanForm,
    StatusForm,
)
from civic_sourcing.answers.desk.answer_forms import NoFields
from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.reach import keys_for, owner_choices
from civic_sourcing.answers.desk.screens import STEP, DeskMixin, OfficialsOnly, Step, StepScreen
from civic_sourcing.answers.display.adoptions import plan_of
from civic_sourcing.answers.display.clocks import clocks_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Adoption, Milestone, Promise
from civic_sourcing.answers.notices import sources
from civic_sourcing.core.money import to_major_units
from civic_sourcing.core.spots import in_degrees
from civic_sourcing.moderation.colleagues import name_of

REWRITTEN = ("partners", "planned", "spot")
"""Parts of a plan that the form writes otherwise than the row."""


class AdoptView(StepScreen):
    """Have the city make something of a contribution."""

    template_name = "civic_sourcing/answers/admin/write.html"
    form_class = AdoptForm
    page_title = _("Adopt it")
    submit = _("Adopt it")
    done = _("It is adopted. Everybody concerned is told.")
    introduction = _("The credits of its authors go along, to the very end.")
    is_beside_text = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": owner_choices(self.contribution)}

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.contribution.title}

    def settle(self, form: AdoptForm) -> None:
        self.adoption: Adoption = Adopt(
            self.contribution, by=self.request.user, **form.arguments
        ).execute()

    def get_success_url(self) -> str:
        adoption = getattr(self, "adoption", None)
        return address_of(adoption) if adoption else self.contribution_url


class AdoptionMixin(OfficialsOnly, DeskMixin):
    """A page about one adoption: 404 where the user does not answer for its place."""

    header_icon = "check"
    tab = "adoptions"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Adoption.objects.filter(contribution__process__in=keys_for(request.user))
        rows = rows.select_related("contribution__process", "department__locale", "owner")
        found = rows.filter(uuid=kwargs["adoption"]).first()
        if found is None:
            raise Http404
        self.adoption: Adoption = found

    def get_page_subtitle(self) -> str:
        return str(self.adoption.contribution.public_title)

    def crumbs(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse(f"{URL_NAME}:adoptions"), "label": _("Adopted")},
            {"url": address_of(self.adoption), "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "adoption": self.adoption, "adoption_url": address_of(self.adoption)}


class AdoptionView(AdoptionMixin, TemplateView):
    """Plan, milestones and news of one adoption, and what can be done."""

    template_name = "civic_sourcing/answers/admin/adoption.html"

    def get_page_title(self) -> str:
        return str(self.adoption.contribution.public_title)

    def crumbs(self) -> list[dict[str, Any]]:
        return super().crumbs()[:1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = Names()
        promises = Promise.objects.of(self.adoption.contribution).select_related("department")
        owner = name_of(self.adoption.owner) if self.adoption.owner else ""
        return {
            **super().get_context_data(**kwargs),
            "plan": plan_of(self.adoption, localdate(), names, owner=owner),
            "milestones": [
                (row, row.is_late(localdate())) for row in self.adoption.milestones.all()
            ],
            "clocks": clocks_of(promises, self.at, names),
            "sources": [
                (row, reverse(f"{URL_NAME}:contribution", args=[row.uuid]))
                for row in sources(self.adoption)
            ],
        }


class AdoptionStep(AdoptionMixin, Step):
    """A step on one adoption."""

    template_name = STEP

    def get_success_url(self) -> str:
        return address_of(self.adoption)


class PlanView(AdoptionStep):
    """Put another plan in place of the one there is."""

    form_class = ReplanForm
    page_title = _("Change the plan")
    submit = _("Change the plan")
    done = _("The plan is changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": owner_choices(self.adoption)}

    def get_initial(self) -> dict[str, Any]:
        row, language = self.adoption, get_language() or ""
        partners = row.partners.select_related("locale")
        return {
            **{name: getattr(row, name) for name in PLAN if name not in REWRITTEN},
            "planned": None if row.planned is None else to_major_units(row.planned, row.currency),
            "spot": in_degrees(row.latitude, row.longitude),
            "owner": str(row.owner_id or ""),
            "department": row.department and row.department.in_language(language),
            "partners": [each.in_language(language) for each in partners],
        }

    def settle(self, form: ReplanForm) -> None:
        reason = form.cleaned_data["reason"]
        PlanAdoption(self.adoption, by=self.request.user, reason=reason, **form.plan).execute()


class StatusView(AdoptionStep):
    """Say how it stands now."""

    form_class = StatusForm
    page_title = _("Change the status")
    submit = _("Change the status")
    done = _("The status is changed. Everybody concerned is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "adoption": self.adoption}

    def settle(self, form: StatusForm) -> None:
        ChangeAdoptionStatus(self.adoption, by=self.request.user, **form.cleaned_data).execute()


class NewsView(AdoptionStep):
    """Tell how it goes."""

    form_class = NewsForm
    page_title = _("Report news")
    submit = _("Publish the news")
    done = _("The news is published. Everybody concerned is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "currency": self.adoption.currency}

    def settle(self, form: NewsForm) -> None:
        ReportDelivery(
            self.adoption,
            by=self.request.user,
            text=form.cleaned_data["text"],
            spent=form.cleaned_data.get("spent"),
            photos=form.photos,
        ).execute()


class AddMilestoneView(AdoptionStep):
    """Plan a milestone."""

    form_class = MilestoneForm
    page_title = _("Add a milestone")
    submit = _("Save the milestone")
    done = _("The milestone is saved.")

    def settle(self, form: MilestoneForm) -> None:
        SetMilestone(self.adoption, by=self.request.user, **form.cleaned_data).execute()


class MilestoneScreen(AdoptionStep):
    """A step on one milestone of the adoption."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = self.adoption.milestones.filter(uuid=kwargs["milestone"]).first()
        if found is None:
            raise Http404
        self.milestone: Milestone = found


class MilestoneView(MilestoneScreen):
    """Change a milestone, or say that it is reached."""

    form_class = MilestoneForm
    page_title = _("Change the milestone")
    submit = _("Save the milestone")
    done = _("The milestone is saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.milestone, name) for name in ("title", "due_on", "done_on")}

    def settle(self, form: MilestoneForm) -> None:
        values = {**form.cleaned_data, "milestone": self.milestone}
        SetMilestone(self.adoption, by=self.request.user, **values).execute()


class RemoveMilestoneView(MilestoneScreen):
    """Take a milestone out of the plan."""

    form_class = NoFields
    page_title = _("Remove the milestone")
    submit = _("Remove the milestone")
    done = _("The milestone is out of the plan.")
    is_dangerous = True

    def settle(self, form: NoFields) -> None:
        RemoveMilestone(self.adoption, by=self.request.user, milestone=self.milestone).execute()


def address_of(adoption: Adoption) -> str:
    return reverse(f"{URL_NAME}:adoption", args=[adoption.uuid])
