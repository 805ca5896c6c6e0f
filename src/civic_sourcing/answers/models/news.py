"""News that is still to be told to the many, by the next tick."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.models.adoptions import AdoptionChange, DeliveryUpdate
from civic_sourcing.answers.models.answers import OfficialAnswer


class WaitingNews(models.Model):
    """
    What supporters and followers have still to hear of, as they are many; one row for each.

    Exactly one of its columns says what: an answer, a change of an adoption, news of a delivery.
    """

    answer = models.OneToOneField(
        OfficialAnswer, on_delete=models.CASCADE, null=True, related_name="+"
    )
    change = models.OneToOneField(
        AdoptionChange, on_delete=models.CASCADE, null=True, related_name="+"
    )
    update = models.OneToOneField(
        DeliveryUpdate, on_delete=models.CASCADE, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("news to be told")
        verbose_name_plural = _("news to be told")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, change=None, update=None)
                | Q(answer=None, change__isnull=False, update=None)
                | Q(answer=None, change=None, update__isnull=False),
                name="civic_answer_news_of_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.answer or self.change or self.update)
