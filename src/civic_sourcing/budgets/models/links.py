"""How projects of a vote bear on each other: some exclude each other, some need another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .projects import Project

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class ExclusiveSetQuerySet(models.QuerySet["ExclusiveSet"]):
    def of(self, process: Process | Any) -> ExclusiveSetQuerySet:
        return self.filter(process=process).order_by("position", "pk")


class ExclusiveSet(models.Model):
    """Projects of which a ballot may be for one at most."""

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="exclusive_sets"
    )
    code = models.SlugField(_("code"), max_length=50)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    members = models.ManyToManyField(
        Project, related_name="exclusive_sets", verbose_name=_("projects")
    )

    objects = ExclusiveSetQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("set of exclusive projects")
        verbose_name_plural = _("sets of exclusive projects")
        constraints = [
            models.UniqueConstraint(fields=["process", "code"], name="civic_exclusive_set_code")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its projects, in the order of the paper."""
        members = sorted(self.members.all(), key=lambda project: project.position)
        return tuple(project.number for project in members)


class ProjectDependency(models.Model):
    """Who chooses ``project`` has to choose ``needs`` as well."""

    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="dependencies",
        verbose_name=_("project"),
    )
    needs = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        related_name="needed_by",
        verbose_name=_("needs"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dependency of a project")
        verbose_name_plural = _("dependencies of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "needs"], name="civic_dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(project=models.F("needs")),
                name="civic_dependency_on_another",
                violation_error_message=_("A project does not need itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} → {self.needs}"


class ProjectWithdrawal(models.Model):
    """That a project was taken off the ballot paper after the rules were frozen, and why."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("public reason"))
    withdrawn_by = models.UUIDField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("withdrawal of a project")
        verbose_name_plural = _("withdrawals of projects")

    def __str__(self) -> str:
        return str(self.project)
