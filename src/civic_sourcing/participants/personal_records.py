"""What this room keeps about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import DataExport, Participant


class PeopleRecords(PersonalRecords):
    """Profile, verified attributes, consents, guardians, downloads."""

    name = "civic_participants"
    models = (
        "civic_participants.participant",
        "civic_participants.verifiedattribute",
        "civic_participants.consentrecord",
        "civic_participants.guardianconsent",
        "civic_participants.dataexport",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        """Verified attributes and consents; profile and downloads have pages of their own."""
        consents = reverse("civic_participants:consents")
        attributes = participant.verified_attributes.count()
        lines = [Summary(_("Texts you agreed to"), participant.consents.count(), consents)]
        if attributes:
            lines.append(Summary(_("Facts verified about you"), attributes, consents))
        return lines

    def export(self, participant: Participant) -> dict[str, Any]:
        return {
            "profile": _profile(participant),
            "verified_attributes": _rows(
                participant.verified_attributes, "key", "value", "source", "verified_at"
            ),
            "consents": _rows(participant.consents, "kind", "version", "language", "digest", "at"),
            "guardian_requests": _rows(
                participant.guardian_consents, "contact", "state", "asked_at", "answered_at"
            ),
            "downloads": _rows(participant.exports, "state", "asked_at", "expires_at"),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """
        Leave a random number, the standing and the consents, which name nobody any more.

        The standing stays so that a suspended tombstone is not taken for one in good standing.
        """
        for export in participant.exports.all():
            export.let_file_go(DataExport.State.EXPIRED)
        participant.exports.all().delete()
        for consent in participant.guardian_consents.all():
            withdraw(consent.uuid)
        participant.guardian_consents.all().delete()
        participant.verified_attributes.all().delete()
        Participant.objects.filter(pk=participant.pk).update(
            name="",
            affiliation=Participant.Affiliation.UNDISCLOSED,
            affiliation_note="",
            language="",
            age_band=Participant.AgeBand.UNKNOWN,
        )


def _profile(participant: Participant) -> dict[str, Any]:
    user = participant.user
    return {
        "number": participant.uuid,
        "public_name": participant.public_name,
        "interest": participant.affiliation,
        "interest_note": participant.affiliation_note,
        "language": participant.language,
        "age": participant.age_band,
        "standing": participant.standing,
        "suspended_until": participant.suspended_until,
        "takes_part_since": participant.created_at,
        "account": {
            "user_name": user.get_username(),
            "full_name": user.get_full_name(),
            "email": getattr(user, user.get_email_field_name(), ""),
        }
        if user
        else None,
    }


def _rows(related: Any, *columns: str) -> list[dict[str, Any]]:
    return list(related.order_by("pk").values(*columns))
