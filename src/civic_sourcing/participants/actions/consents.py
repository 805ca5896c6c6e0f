"""Publishing what people agree to, and agreeing to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants import signals
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.consents import Shown, record_consent
from civic_sourcing.participants.models import ConsentRecord, LegalText, Participant
from civic_sourcing.participants.policies import Oneself

LEGAL_TEXTS = uuid5(NAMESPACE_URL, "civic_participants.legal_texts")
"""The audit chain of all legal texts."""


class MayChangeLegalTexts(Policy):
    """Staff with the permission to change legal texts."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.has_perm("civic_participants.change_legaltext"):
            return None
        return Refusal(_("You are not allowed to publish legal texts."))


class PublishLegalText(Action[LegalText]):
    """Put a version into force. From now on nothing of it changes, and people are asked for it."""

    verb = "publish_legal_text"
    policy = SignedIn() & MayChangeLegalTexts()
    announces = signals.legal_text_published

    def check(self) -> None:
        if self.subject.published_at is not None:
            raise ActionRefused(_("This version is already published."), code="already-published")
        if not self.subject.bodies.exists():
            raise ActionRefused(_("Write the text in at least one language first."), code="empty")
        later = LegalText.objects.published().filter(
            kind=self.subject.kind, version__gt=self.subject.version
        )
        if later.exists():
            raise ActionRefused(
                _("A later version is already published, so this one would never be shown."),
                code="outdated",
            )

    def perform(self) -> LegalText:
        self.subject.published_at = self.at
        self.subject.save(update_fields=["published_at"])
        return self.subject

    def chain(self) -> UUID:
        return LEGAL_TEXTS

    def audit_details(self) -> dict[str, Any]:
        digests = {body.language: body.digest for body in self.subject.bodies.all()}
        return {"kind": self.subject.kind, "version": self.subject.version, "digests": digests}


class AgreeToTexts(PersonalAction[Participant]):
    """Agree to texts as they were ``shown``. What was agreed to before stays as it was recorded."""

    verb = "agree_to_texts"
    policy = SignedIn() & Oneself()

    shown: Sequence[Shown]

    def perform(self) -> list[ConsentRecord]:
        return [record_consent(self.subject, shown, at=self.at) for shown in self.shown]

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "digests": [shown.digest for shown in self.shown]}

    def audit_details(self) -> dict[str, Any]:
        return {
            "texts": [
                {"kind": shown.kind, "version": shown.version, "digest": shown.digest}
                for shown in self.shown
            ]
        }
