"""What the room keeps about people: who among the city's staff wrote, promised and owns what."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from civic_sourcing.answers.models import (
    Adoption,
    AdoptionChange,
    AnswerPart,
    DeliveryFollow,
    DeliveryUpdate,
    OfficialAnswer,
    Promise,
    PromiseExtension,
)
from civic_sourcing.core.personal_records import PersonalRecords

WRITERS: tuple[type[Model], ...] = (
    OfficialAnswer,
    AnswerPart,
    PromiseExtension,
    AdoptionChange,
    DeliveryUpdate,
)
OWNERS: tuple[type[Model], ...] = (Promise, Adoption)


class AnswerRecords(PersonalRecords):
    """
    Answers, promises and adoptions are the city's own words and duties, so they stay.

    Who wrote them or owned them goes with the account, as does whom a citizen follows; nothing a
    citizen wrote is kept here.
    """

    name = "civic_answers"
    models = (
        "civic_answers.officialanswer",
        "civic_answers.answerpart",
        "civic_answers.promise",
        "civic_answers.promiseextension",
        "civic_answers.adoption",
        "civic_answers.adoption_partners",
        "civic_answers.adoptionchange",
        "civic_answers.milestone",
        "civic_answers.deliveryfollow",
        "civic_answers.deliveryupdate",
        "civic_answers.deliveryphoto",
        "civic_answers.waitingnews",
    )

    def export(self, participant: Any) -> dict[str, Any]:
        """What the city owes to one's own, and what one wrote or owns as an official."""
        theirs = Q(contribution__author=participant)
        said: dict[str, Any] = {
            "promised_to_me": list(
                Promise.objects.filter(theirs).values(
                    "uuid", "contribution__uuid", "kind", "due_at", "state", "kept_at"
                )
            ),
            "deliveries_followed": list(
                DeliveryFollow.objects.filter(participant=participant).values(
                    "contribution__uuid", "since"
                )
            ),
        }
        user = participant.user
        if user is None:
            return said
        own = Q(owner=user)
        answers = OfficialAnswer.objects.filter(by=user).order_by("pk")
        updates = DeliveryUpdate.objects.filter(by=user).order_by("pk")
        return {
            **said,
            "answers_written": list(answers.values("uuid", "state", "text", "published_at")),
            "parts_written": list(
                AnswerPart.objects.filter(by=user).values("answer__uuid", "text", "contributed_at")
            ),
            "extensions_given": list(
                PromiseExtension.objects.filter(by=user).values("promise__uuid", "reason", "at")
            ),
            "adoptions_changed": list(
                AdoptionChange.objects.filter(by=user).values(
                    "adoption__uuid", "status", "reason", "at"
                )
            ),
            "deliveries_reported": list(updates.values("uuid", "text", "at")),
            "promises_owned": list(Promise.objects.filter(own).values("uuid", "due_at", "state")),
            "adoptions_owned": list(Adoption.objects.filter(own).values("uuid", "status")),
        }

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        DeliveryFollow.objects.filter(participant=participant).delete()
        if participant.user is None:
            return
        for model in WRITERS:
            model._default_manager.filter(by=participant.user).update(by=None)
        for model in OWNERS:
            model._default_manager.filter(owner=participant.user).update(owner=None)
