"""What people agree to: terms, privacy notice, code of conduct, in versions and languages."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField


def languages() -> list[tuple[str, str]]:
    """The languages the site speaks; asked when a form is shown."""
    return list(settings.LANGUAGES)


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    def published(self) -> LegalTextQuerySet:
        return self.exclude(published_at=None)

    def current(self) -> LegalTextQuerySet:
        """The latest published version of each kind."""
        later = self.model.objects.published().filter(
            kind=models.OuterRef("kind"), version__gt=models.OuterRef("version")
        )
        return self.published().exclude(models.Exists(later))


class LegalText(ClusterableModel):
    """One version of one text. Once published nothing of it changes: write the next version."""

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of participation")
        PRIVACY = "privacy", _("Privacy notice")
        CODE_OF_CONDUCT = "code_of_conduct", _("Code of conduct")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    version = models.PositiveIntegerField(_("version"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="civic_legal_text_version_once",
                violation_error_message=_("This version already exists."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new text takes the next version of its kind."""
        if self._state.adding and not self.version:
            versions = LegalText.objects.filter(kind=self.kind)
            last = versions.aggregate(last=models.Max("version"))["last"]
            self.version = (last or 0) + 1
        super().save(*args, **kwargs)

    def body_for(self, language: str | None = None) -> LegalTextBody | None:
        """The body in ``language`` (default: the active one), else the first there is."""
        wanted = (language or get_language() or "").lower()
        bodies = list(self.bodies.all())
        for code in (wanted, wanted.partition("-")[0]):
            for body in bodies:
                if body.language.lower() == code:
                    return body
        return bodies[0] if bodies else None


class LegalTextBody(models.Model):
    """The words of one version in one language."""

    legal_text = ParentalKey(
        LegalText,
        on_delete=models.CASCADE,
        related_name="bodies",
        verbose_name=pgettext_lazy("legal text", "text"),
    )
    language = models.CharField(_("language"), max_length=20, choices=languages)
    title = models.CharField(_("title"), max_length=150)
    body = RichTextField(
        _("body"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul", "hr"]
    )

    class Meta:
        verbose_name = _("words in one language")
        verbose_name_plural = _("words in every language")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_text", "language"],
                name="civic_legal_text_language_once",
                violation_error_message=_("This language is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def digest(self) -> str:
        """SHA-256 of title and body as they are stored."""
        return hashlib.sha256(f"{self.title}\n\n{self.body}".encode()).hexdigest()
