from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.models.participants import Participant


class VerifiedAttribute(models.Model):
    """
    One thing somebody else vouched for, such as ``("district", "Riverside")``, and who did when.

    ``source`` names an office or a register, never a person.
    """

    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        related_name="verified_attributes",
        verbose_name=_("participant"),
    )
    key = models.SlugField(_("what was verified"), max_length=50)
    value = models.CharField(_("value"), max_length=150)
    source = models.CharField(_("verified by"), max_length=150)
    verified_at = models.DateTimeField(_("verified"))

    class Meta:
        verbose_name = _("verified attribute")
        verbose_name_plural = _("verified attributes")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "key"],
                name="civic_verified_attribute_once",
                violation_error_message=_("This was already verified for this person."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} ({self.source}, {self.verified_at:%Y-%m-%d})"
