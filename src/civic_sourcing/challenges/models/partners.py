"""Communities that are told of challenges, and who came through them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    """A university, an association, a company: somebody who can bring people along."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("University or school")
        ASSOCIATION = "association", _("Association")
        COMPANY = "company", _("Company")
        PUBLIC = "public", _("Public body")
        OTHER = "other", _("Other")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    retired = models.BooleanField(_("not invited any more"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnerInvitation(models.Model):
    """A partner invited to one challenge; ``code`` stands in the address they pass on."""

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="partner_invitations"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=32, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    visits = models.PositiveIntegerField(_("visits"), default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation of a partner")
        verbose_name_plural = _("invitations of partners")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "partner"],
                name="civic_partner_invited_once",
                violation_error_message=_("This partner is invited already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.partner)
