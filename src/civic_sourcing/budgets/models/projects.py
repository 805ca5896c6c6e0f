"""Projects: what stands on the ballot paper, and the pages that tell about it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self

import swapper
from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from civic_sourcing.budgets.blocks import BODY_BLOCKS, PICTURE_BLOCKS, PROSE
from civic_sourcing.budgets.keeping import ProjectPermissionTester, refusal_to_remove
from civic_sourcing.budgets.panels import ProjectFactsPanel
from civic_sourcing.budgets.paper import titles_on
from civic_sourcing.budgets.projects.forms import ProjectPageForm
from civic_sourcing.budgets.reasons import explained_step
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.trail import trail_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from civic_sourcing.core.exceptions import ActionRefused

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)


class ProjectQuerySet(models.QuerySet["Project"]):
    def of(self, process: Process) -> ProjectQuerySet:
        """Projects of one vote, in the order of the ballot paper."""
        return self.filter(process=process).order_by("position")

    def published(self) -> ProjectQuerySet:
        """With a page that is live in some language; only these can stand on a ballot paper."""
        return self.filter(reduce(or_, map(_has_live_page, project_page_models()), Q()))

    def mark_outcomes(self, funded: Iterable[str]) -> None:
        """Mark the projects with these numbers funded and all others not, but for the withdrawn."""
        outcome = Project.Outcome
        in_play = self.exclude(outcome=outcome.WITHDRAWN).order_by()
        in_play.update(
            outcome=Case(
                When(number__in=list(funded), then=Value(outcome.FUNDED)),
                default=Value(outcome.NOT_FUNDED),
            )
        )


class Project(models.Model):
    """
    One project on the ballot paper, the same in every language.

    ``number`` is the reference ballots and counts use (a text such as ``OGM/0008``), ``cost`` whole
    minor units of the vote's currency; where it is a range, from ``cost_least`` on, and the ballot
    paper reckons with ``cost``. ``running_cost`` is what it costs every year. ``position`` is the
    place in the file or on the paper, which decides ties. ``outcome`` repeats the latest count and
    is written by ``CountBallots`` only; a withdrawn project stays withdrawn. ``contribution`` is
    its row in the ledger, on which credits and derivations end. Once the vote is open, the database
    keeps all of it but the outcome as it is.
    """

    class Outcome(models.TextChoices):
        UNDECIDED = "undecided", _("Not yet decided")
        FUNDED = "funded", _("Funded")
        NOT_FUNDED = "not_funded", _("Not funded")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="projects"
    )
    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="project",
        verbose_name=_("contribution"),
    )
    number = models.CharField(_("number"), max_length=64)
    cost = models.PositiveBigIntegerField(_("cost"), help_text=_("In minor units of the currency."))
    cost_least = models.PositiveBigIntegerField(_("least cost"), null=True, blank=True)
    running_cost = models.PositiveBigIntegerField(_("running costs a year"), null=True, blank=True)
    area = models.ForeignKey(
        "civic_budgets.VoteArea",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("area"),
    )
    category = models.ForeignKey(
        "civic_budgets.VoteCategory",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("category"),
    )
    position = models.PositiveIntegerField(_("position"))
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=Outcome.choices, default=Outcome.UNDECIDED
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "number"],
                name="civic_project_number_once",
                violation_error_message=_("Another project of this vote has this number."),
            ),
            models.UniqueConstraint(
                fields=["process", "position"],
                name="civic_project_position_once",
                violation_error_message=_("Another project of this vote has this position."),
            ),
            models.CheckConstraint(
                condition=models.Q(cost_least=None) | models.Q(cost_least__lte=models.F("cost")),
                name="civic_project_cost_range",
                violation_error_message=_("The least cost is not above the highest."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def copied_to(self, process: Process) -> Project:
        """
        Make this project's like in another vote, undecided, as the last one on its paper.

        Area and category are those with the same code there, if there are any. What it excludes
        and needs goes along, as far as it is there.
        """
        from civic_sourcing.budgets.copying import take_links_along  # noqa: PLC0415 - reads models

        last = process.projects.aggregate(last=models.Max("position"))["last"]
        parts = {
            name: type(part)._base_manager.filter(process=process, code=part.code).first()
            for name in ("area", "category")
            if (part := getattr(self, name))
        }
        copy = Project.objects.create(
            process=process,
            number=self.number,
            cost=self.cost,
            cost_least=self.cost_least,
            running_cost=self.running_cost,
            position=0 if last is None else last + 1,
            **parts,
        )
        take_links_along(self, copy)
        return copy


def project_page_models() -> list[type[models.Model]]:
    """The page types of this site that tell about projects."""
    return [model for model in apps.get_models() if issubclass(model, BudgetProjectMixin)]


def _has_live_page(model: Any) -> Exists:
    pages = model._base_manager.filter(project=OuterRef("pk"), live=True, alias_of=None)
    return Exists(pages)


class BudgetProjectMixin(models.Model):
    """What makes a page tell about a project. Texts are the page's, facts the ``Project``'s."""

    allowed_http_methods: ClassVar[list[str]] = ["GET", "HEAD", "OPTIONS"]

    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="%(app_label)s_%(class)s_pages",
    )
    facts_draft = models.JSONField(null=True, blank=True, editable=False)
    origins = models.JSONField(default=list, blank=True, editable=False)
    description = RichTextField(_("description"), blank=True)
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))
    pictures = StreamField(PICTURE_BLOCKS, blank=True, max_num=12, verbose_name=_("pictures"))
    opinion = RichTextField(
        _("opinion of the department"),
        blank=True,
        features=PROSE,
        help_text=_("Whether it can be done, and what there is to consider."),
    )
    opinion_by = models.CharField(
        _("whose opinion"), max_length=255, blank=True, help_text=_("Name of the department.")
    )
    category = models.CharField(
        _("field"),
        max_length=255,
        blank=True,
        help_text=_("Only where the vote has no categories of its own."),
    )
    target = models.CharField(
        _("for whom"), max_length=255, blank=True, help_text=_("Who benefits from the project.")
    )
    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("District or neighbourhood.")
    )
    text_language = models.CharField(
        _("language of the texts"),
        max_length=16,
        blank=True,
        help_text=_("Language code of title and description, if not the page's own."),
    )

    base_form_class = ProjectPageForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["origins"]

    class Meta:
        abstract = True

    @property
    def vote(self) -> Any:
        """The vote's page above, in the same language."""
        return self.get_parent().specific

    @property
    def number(self) -> str:
        return self.project.number if self.project else ""

    @property
    def text_locale(self) -> str:
        """The language code that title and description are written in."""
        return self.text_language or self.locale.language_code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save; a page that goes live puts the facts typed into force, and one that has none stays a
        draft. A copy takes a project of the vote it is in.
        """
        from civic_sourcing.budgets.projects import settling  # noqa: PLC0415 - reads models

        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            if self._state.adding:
                settling.begin(self)
            settling.settle(self)
            super().save(*args, **kwargs)
            settling.note_refusal(self)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Build the page of a revision; its project is never a matter of the revision."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.project_id = self.project_id
        return page

    def permissions_for_user(self, user: Any) -> ProjectPermissionTester:
        """Wagtail's permissions, less removing what people have voted on."""
        return ProjectPermissionTester(user, self)

    def refusal_to_unpublish(self) -> ActionRefused | None:
        """Why this page has to stay published, or ``None``: people have voted on the project."""
        return refusal_to_remove(self, unpublish=True)

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Below a vote held here, until it opens; what came from a file stays as it is."""
        return cls.can_exist_under(parent) and parent.specific.takes_projects()

    def can_move_to(self, parent: Any) -> bool:
        """A project stays in its vote."""
        return super().can_move_to(parent) and (  # type: ignore[misc]
            parent.specific.process_id == self.vote.process_id
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the vote's page and, once counted, what the count says about this project."""
        from civic_sourcing.budgets.projects import previewing  # noqa: PLC0415 - reads models

        if getattr(request, "is_preview", False):
            self.project = previewing.drafted_project(self)
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        vote = self.vote
        count = vote.latest_count
        return {
            **context,
            "vote": vote,
            "rules": vote.rules,
            "has_cost": self.project and self.project.outcome != Project.Outcome.WITHDRAWN,
            "withdrawal": self.project and getattr(self.project, "withdrawal", None),
            "step": count and explained_step(count, self.number, lambda: titles_on(vote)),
            "back_url": vote.get_url(request),
            "results_url": vote.results_url(request) if count else "",
            "trail": trail_to(self, request),
        }


class BudgetProjectPage(BudgetProjectMixin, Page):
    """A project of a budget vote, as an editor describes it."""

    parent_page_types = ["civic_budgets.BudgetVotePage"]
    subpage_types: list[str] = []
    template = "civic_sourcing/budgets/budget_project_page.html"

    content_panels = [
        *Page.content_panels,
        ProjectFactsPanel(heading=_("Facts"), icon="form"),
        FieldPanel("description"),
        FieldPanel("pictures"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("opinion"), FieldPanel("opinion_by")],
            heading=_("Opinion of the department"),
        ),
        FieldPanel("place"),
        FieldPanel("target"),
        MultiFieldPanel(
            [FieldPanel("category"), FieldPanel("text_language")],
            heading=_("More"),
            classname="collapsed",
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("description"),
        index.SearchField("body"),
        index.SearchField("opinion"),
        index.SearchField("category"),
        index.SearchField("target"),
        index.SearchField("place"),
    ]

    class Meta:
        verbose_name = _("budget project page")
        verbose_name_plural = _("budget project pages")
