"""Who answers for the city: its departments, and what they have agreed among each other."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from civic_sourcing.core.in_language import translations_of_outer

SHARED = ("group", "position", "retired")
"""What holds for a department in all its languages."""


class DepartmentQuerySet(models.QuerySet["Department"]):
    def in_force(self, language: str | None = None) -> DepartmentQuerySet:
        """Each department that can be chosen, once, in order; see ``in_language``."""
        return self.filter(retired=False).in_language(language)

    def in_language(self, language: str | None = None) -> DepartmentQuerySet:
        """
        Each department once, retired ones too: in ``language`` where it is written in it.

        Otherwise in the site's main language, else in the first it was written in.
        """
        best = translations_of_outer(Department.objects.all(), language).values("pk")[:1]
        return self.filter(pk=Subquery(best)).order_by("position", "name", "pk")

    def names(self, language: str | None = None) -> dict[int, str]:
        """Their names as ``in_language`` has them, by the key of each of their rows."""
        best = translations_of_outer(Department.objects.all(), language).values("name")[:1]
        return dict(self.order_by().values_list("pk", Subquery(best)))

    def same_as(self, department: Department) -> DepartmentQuerySet:
        """The department in all its languages."""
        return self.filter(translation_key=department.translation_key)

    def of_member(self, user: Any) -> DepartmentQuerySet:
        """Those to whose group ``user`` belongs, in all languages."""
        return self.filter(group__user=user)


class Department(TranslatableMixin, models.Model):
    """
    A part of the city that answers, written in one language.

    Its translations share ``translation_key``: compare departments by it. What is no wording
    (``SHARED``) is the same in all languages. One that was named is retired and not deleted.
    """

    name = models.CharField(_("name"), max_length=200)
    contact = models.TextField(
        _("contact"), max_length=1000, blank=True, help_text=_("As the public may read it.")
    )
    description = models.TextField(_("what it is responsible for"), max_length=2000, blank=True)
    group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="civic_departments",
        verbose_name=_("people"),
        help_text=_("Whoever is in this group hears what it owes, and writes its part of answers."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(
        _("closed"),
        default=False,
        help_text=_("Nobody can choose it any more; what it answered keeps its name."),
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_same_as(self, other: Department | None) -> bool:
        """Whether both are the same department, perhaps in different languages."""
        return other is not None and self.translation_key == other.translation_key

    def in_language(self, language: str | None) -> Department:
        """The same department in ``language``, as far as it is written in it."""
        if self.locale.language_code == language:
            return self
        return Department.objects.same_as(self).in_language(language).first() or self

    def has_member(self, user: Any) -> bool:
        """Whether ``user`` belongs to its group."""
        if user is None or not user.is_active or self.group_id is None:
            return False
        return bool(user.groups.filter(pk=self.group_id).exists())

    @property
    def is_used(self) -> bool:
        """Whether an answer, a promise, an adoption or an agreement names it."""
        named = (self.answers, self.parts, self.promises, self.adoptions)
        return any(rows.exists() for rows in (*named, self.partnered_adoptions, self.agreements))

    def share_settings(self) -> None:
        """Have what is no wording hold in all languages of this department."""
        values: dict[str, Any] = {name: getattr(self, name) for name in SHARED}
        Department.objects.same_as(self).exclude(pk=self.pk).update(**values)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, on: date) -> AgreementQuerySet:
        """Those that hold on that day."""
        ends = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.filter(ends, valid_from__lte=on)


class Agreement(models.Model):
    """How departments work together, agreed once and used by any number of adoptions."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what was agreed"), max_length=10_000, blank=True)
    departments = models.ManyToManyField(
        Department, related_name="agreements", verbose_name=_("departments")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="civic_agreement_ends_after_beginning",
                violation_error_message=_("An agreement cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title
