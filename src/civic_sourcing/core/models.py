from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.managers import AuditEntryQuerySet, IdempotencyKeyQuerySet


class AuditChain(models.Model):
    """
    The head of one chain: how long it is and the fingerprint it ends with.

    Whoever appends holds this row's lock, so entries of one chain are numbered without gaps. A
    trigger lets the length grow by one only, and only onto the entry that was just appended.
    """

    uuid = models.UUIDField(_("chain"), primary_key=True)
    length = models.PositiveBigIntegerField(_("length"), default=0)
    head = models.CharField(_("fingerprint of the last entry"), max_length=64)

    class Meta:
        verbose_name = _("audit chain")
        verbose_name_plural = _("audit chains")

    def __str__(self) -> str:
        return str(self.uuid)


class AuditEntry(models.Model):
    """
    One step somebody took. Append-only, without foreign keys and without personal text.

    ``fingerprint`` is SHA-256 over the canonical JSON of all other columns but the key, among them
    ``previous``, the fingerprint before it in the chain.
    """

    chain = models.UUIDField(_("chain"))
    sequence = models.PositiveBigIntegerField(_("sequence"))
    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=100)
    actor = models.UUIDField(_("actor"), null=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=100)
    subject_id = models.CharField(_("subject"), max_length=64)
    details = models.JSONField(_("details"))
    reason_reference = models.CharField(_("where the reason is"), max_length=150)
    reason_digest = models.CharField(_("salted digest of the reason"), max_length=64)
    previous = models.CharField(_("fingerprint of the entry before"), max_length=64)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="civic_core_audit_sequence")
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="civic_core_audit_subject")
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.action}"


class IdempotencyKey(models.Model):
    """
    A request that was carried out, so that its repetition gets the same result.

    ``digest`` hides the key, its actor and its action; ``content`` is keyed with the key itself, so
    that neither tells what was sent. ``result`` stays ``None`` until the action has performed.
    """

    digest = models.CharField(_("digest of the key"), max_length=64, unique=True)
    content = models.CharField(_("digest of the content"), max_length=64)
    result = models.JSONField(_("result"), null=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), db_index=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")

    def __str__(self) -> str:
        return self.digest


class TickLease(models.Model):
    """The one row a run of ``civic_tick`` holds while it works; overdue after ``until``."""

    holder = models.UUIDField(_("run"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("lease of a tick")
        verbose_name_plural = _("leases of ticks")

    def __str__(self) -> str:
        return str(self.holder)
