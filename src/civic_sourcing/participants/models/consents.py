from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.participants.models.participants import Participant


class ConsentRecord(models.Model):
    """
    Somebody agreed to one version of one text, in the language in which it was shown.

    ``kind`` is that of a ``LegalText``, or a name another room chose (``"licence:cc-by"``).
    ``digest`` is SHA-256 of what was shown. It names the participant by key only, so it stays as
    proof when the person is erased. Rows are never changed.
    """

    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        related_name="consents",
        verbose_name=_("participant"),
    )
    kind = models.CharField(pgettext_lazy("legal text", "text"), max_length=60)
    version = models.CharField(_("version"), max_length=30)
    language = models.CharField(_("language"), max_length=20)
    digest = models.CharField(_("digest of what was shown"), max_length=64)
    at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind", "version"],
                name="civic_consent_once_per_version",
                violation_error_message=_("You already agreed to this version."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
