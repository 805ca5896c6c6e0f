"""Photos of an idea, and files handed in for a question of the form."""

from __future__ import annotations

from functools import partial

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.uploads import Upload
from civic_sourcing.ideas.models.drafts import IdeaDraft
from civic_sourcing.ideas.models.form_setup import FormQuestion


class IdeaFileQuerySet(models.QuerySet["IdeaFile"]):
    def photos(self) -> IdeaFileQuerySet:
        return self.filter(question=None)


class IdeaFile(Upload):
    """
    A photo, or the file that replies to ``question``.

    It belongs to a draft until the idea is filed, then to the idea; to neither for the moment
    before it is deleted. ``alternative`` says in words what a photo shows.
    """

    draft = models.ForeignKey(
        IdeaDraft, on_delete=models.SET_NULL, null=True, related_name="files", editable=False
    )
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        related_name="idea_files",
        editable=False,
    )
    question = models.ForeignKey(
        FormQuestion, on_delete=models.CASCADE, null=True, related_name="files", editable=False
    )
    alternative = models.CharField(_("what the photo shows"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    wagtail_reference_index_ignore = True

    objects = IdeaFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an idea")
        verbose_name_plural = _("files of ideas")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_idea_file_somewhere",
                condition=Q(draft__isnull=True) | Q(contribution__isnull=True),
            ),
        ]

    @property
    def number(self) -> str:
        """Its UUID in letters and digits, for the value of a button."""
        return self.uuid.hex

    def delete_with_content(self) -> None:
        """Delete the row, and what is stored once the transaction is through."""
        storage, name = self.file.storage, str(self.file.name)
        self.delete()
        transaction.on_commit(partial(storage.delete, name), robust=True)
