"""Terms under which contributions may be used, each wording kept for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Licence(models.Model):
    """A licence people can choose from, such as CC BY 4.0. Its wording is in its versions."""

    key = models.SlugField(_("key"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address of the full text"), blank=True)
    claims_rights = models.BooleanField(
        _("claims more than the use for this purpose"),
        default=False,
        help_text=_("People are told so before the form begins."),
    )
    retired = models.BooleanField(_("not offered any more"), default=False)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> LicenceVersion | None:
        return self.versions.order_by("-number").first()


class LicenceVersionQuerySet(models.QuerySet["LicenceVersion"]):
    def current(self, licences: Collection[int]) -> LicenceVersionQuerySet:
        """The latest wording of each of these licences (keys), with the licence."""
        later = LicenceVersion.objects.filter(
            licence=models.OuterRef("licence"), number__gt=models.OuterRef("number")
        )
        rows = self.filter(licence__in=licences).exclude(models.Exists(later))
        return rows.select_related("licence")


class LicenceVersion(models.Model):
    """One wording of a licence, as shown to people. Append-only."""

    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="versions", verbose_name=_("licence")
    )
    number = models.PositiveIntegerField(_("version"))
    names = models.JSONField(
        _("name"), default=dict, help_text=_("Language code → name, as people are shown it.")
    )
    summaries = models.JSONField(
        _("in plain words"), default=dict, help_text=_("Language code → two or three sentences.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LicenceVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording of a licence")
        verbose_name_plural = _("wordings of licences")
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "number"], name="civic_licence_version_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def name(self) -> str:
        """In the active language, else in the first one written."""
        return _in_active_language(self.names) or self.licence.name

    @property
    def summary(self) -> str:
        """In the active language, else in the first one written."""
        return _in_active_language(self.summaries)

    @property
    def url(self) -> str:
        return self.licence.url

    @property
    def reference(self) -> str:
        """How records name this wording: ``cc-by-4.0/1``."""
        return f"{self.licence.key}/{self.number}"


class ProcessLicence(models.Model):
    """A licence a process offers; the first by ``position`` is chosen beforehand."""

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="licences"
    )
    licence = models.ForeignKey(
        Licence,
        on_delete=models.PROTECT,
        related_name="process_licences",
        verbose_name=_("licence"),
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("licence of a process")
        verbose_name_plural = _("licences of a process")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "licence"], name="civic_process_licence_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.licence)


def _in_active_language(texts: Mapping[str, str]) -> str:
    language = get_language() or ""
    found = texts.get(language) or texts.get(language.partition("-")[0])
    return found or next(filter(None, texts.values()), "")
