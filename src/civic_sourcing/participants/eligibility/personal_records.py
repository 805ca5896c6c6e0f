from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Objection, Participant


class EligibilityRecords(PersonalRecords):
    """Codes used, registers proved, objections."""

    name = "eligibility"
    models = (
        "civic_participants.votingcode",
        "civic_participants.registerentry",
        "civic_participants.objection",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        """Codes and registers in number; every objection with a way to it."""
        lines = [
            Summary(_("Codes you used"), participant.codes.count()),
            Summary(_("Registers you proved to be on"), participant.register_entries.count()),
        ]
        objections = participant.objections.select_related("process").order_by("-filed_at")
        for objection in objections:
            label = _("Objection: %(state)s") % {"state": objection.get_state_display()}
            lines.append(Summary(label, 1, _address(objection)))
        return [line for line in lines if line.count]

    def export(self, participant: Participant) -> dict[str, Any]:
        """Everything but hashes: they are of no use to the person, and a secret of the city."""
        codes = participant.codes.select_related("batch__process").order_by("pk")
        entries = participant.register_entries.select_related("register").order_by("pk")
        return {
            "codes": [
                {
                    "number": code.serial,
                    "purpose": code.batch.purpose,
                    "process": code.process.uuid,
                    "used_at": code.used_at,
                }
                for code in codes
            ],
            "registers": [
                {"register": entry.register.name, "proved_at": entry.matched_at}
                for entry in entries
            ],
            "objections": list(
                participant.objections.order_by("pk").values(
                    "condition", "text", "state", "answer", "filed_at", "due_at", "answered_at"
                )
            ),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """
        Leave that a code was used, an entry taken and an objection filed, but not by whom.

        So nobody votes twice by leaving and coming back. Objections are no public texts: their
        words go whatever was chosen.
        """
        participant.codes.update(used_by=None)
        participant.register_entries.update(participant=None)
        for objection in participant.objections.all():
            withdraw(objection.uuid)
        participant.objections.update(participant=None, text="", answer="", contact="")


def _address(objection: Objection) -> str:
    return reverse("civic_participants:objection", args=[objection.process.uuid, objection.uuid])
