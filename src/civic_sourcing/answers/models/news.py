"""News that is still to be told to the many, by the next tick."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.models.adoptions import (
    Adoption,
    AdoptionChange,
    DeliveryUpdate,
    Milestone,
)
from civic_sourcing.answers.models.answers import OfficialAnswer
from civic_sourcing.answers.models.promises import PromiseExtension

COLUMNS = ("answer", "adoption", "change", "milestone", "update", "extension")


def one_of(columns: tuple[str, ...]) -> models.Q:
    """Exactly one of ``columns`` is set."""
    each = (models.Q(**{f"{name}__isnull": name != told for name in columns}) for told in columns)
    return reduce(or_, each)


class WaitingNews(models.Model):
    """
    What supporters and followers have still to hear of, as they are many; one row for each.

    Exactly one of its columns says what: an answer, an adoption, a change of one, a milestone that
    was reached, news of a delivery, more time taken for one.
    """

    answer = models.OneToOneField(
        OfficialAnswer, on_delete=models.CASCADE, null=True, related_name="+"
    )
    adoption = models.OneToOneField(Adoption, on_delete=models.CASCADE, null=True, related_name="+")
    change = models.OneToOneField(
        AdoptionChange, on_delete=models.CASCADE, null=True, related_name="+"
    )
    milestone = models.OneToOneField(
        Milestone, on_delete=models.CASCADE, null=True, related_name="+"
    )
    update = models.OneToOneField(
        DeliveryUpdate, on_delete=models.CASCADE, null=True, related_name="+"
    )
    extension = models.OneToOneField(
        PromiseExtension, on_delete=models.CASCADE, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("news to be told")
        verbose_name_plural = _("news to be told")
        constraints = [
            models.CheckConstraint(condition=one_of(COLUMNS), name="civic_answer_news_of_one")
        ]

    def __str__(self) -> str:
        return str(self.news)

    @property
    def news(self) -> models.Model:
        """What is to be told."""
        found: models.Model = next(filter(None, (getattr(self, name) for name in COLUMNS)))
        return found
