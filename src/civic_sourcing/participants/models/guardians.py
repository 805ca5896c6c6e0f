import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models.participants import Participant


class GuardianConsentQuerySet(models.QuerySet["GuardianConsent"]):
    def in_force(self) -> "GuardianConsentQuerySet":
        """Given and not taken back."""
        return self.filter(state=GuardianConsent.State.CONSENTED)

    def unanswered(self) -> "GuardianConsentQuerySet":
        return self.filter(state=GuardianConsent.State.ASKED)

    def overdue(self, at: datetime) -> "GuardianConsentQuerySet":
        """Asked and not answered within ``GUARDIAN_DAYS`` at ``at`` (aware)."""
        return self.unanswered().filter(asked_at__lte=at - timedelta(days=conf.GUARDIAN_DAYS))


class GuardianConsent(models.Model):
    """
    A guardian was asked whether a child may take part, and what they answered.

    The address is kept only until the answer; ``contact_digest`` (keyed) tells later whether the
    same address is asked again. The link is known to the guardian alone: ``token_digest`` finds
    the row and cannot be turned back.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONSENTED = "consented", _("consented")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("not answered in time")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        related_name="guardian_consents",
        verbose_name=_("child"),
    )
    contact = models.EmailField(_("guardian's address"), blank=True)
    contact_digest = models.CharField(_("digest of the address"), max_length=64)
    token_digest = models.CharField(_("digest of the link"), max_length=64, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    language = models.CharField(_("language"), max_length=20, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = GuardianConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian's consent")
        verbose_name_plural = _("guardians' consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(state__in=["asked", "consented"]),
                name="civic_one_guardian_at_a_time",
                violation_error_message=_("A guardian was already asked."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked") | models.Q(contact=""),
                name="civic_guardian_address_only_until_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} · {self.get_state_display()}"
