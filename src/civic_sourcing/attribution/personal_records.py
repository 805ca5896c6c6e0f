"""What the ledger keeps about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.guardians import take_away
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.participants.models import Participant


class LedgerRecords(PersonalRecords):
    """Contributions with all their published versions."""

    name = "contributions"
    models = ("civic_attribution.contribution", "civic_attribution.contributionversion")

    def summary(self, participant: Participant) -> list[Summary]:
        """What no content room lists by itself, so that nothing is told twice."""
        told = [kind.key for kind in contribution_kinds() if kind.has_own_summary]
        count = participant.contributions.exclude(kind__in=told).count()
        return [Summary(_("Contributions"), count)] if count else []

    def export(self, participant: Participant) -> list[dict[str, Any]]:
        rows = participant.contributions.select_related("process", "licence__licence")
        return [_exported(row) for row in rows.order_by("pk").prefetch_related("versions")]

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """
        Empty the texts if asked to; the rows stay with the tombstone as their author.

        What still waits at the gate is taken away: nobody is left to ask or to answer for it.
        Nobody can say any more what a note on the material of others was about, so it goes too.
        """
        mine = Contribution.objects.filter(author=participant)
        for waiting in mine.filter(state=State.HELD).order_by("pk"):
            take_away(waiting)
        mine.exclude(third_party_note="").update(third_party_note="")
        if blank_texts:
            for contribution in mine.exclude(title="").order_by("pk"):
                ledger.blank(contribution)


def _exported(contribution: Contribution) -> dict[str, Any]:
    licence = contribution.licence
    return {
        "number": contribution.uuid,
        "kind": contribution.kind,
        "process": contribution.process.uuid,
        "sequence": contribution.sequence,
        "title": contribution.title,
        "state": contribution.state,
        "received": contribution.received_at,
        "language": contribution.language,
        "channel": contribution.channel,
        "licence": {"key": licence.reference, "name": licence.name, "text": licence.summary}
        if licence
        else None,
        "terms": contribution.consent_version,
        "material_of_others": contribution.third_party_note,
        "made_on_duty": contribution.made_on_duty,
        "versions": [
            {
                "number": version.number,
                "title": version.title,
                "text": version.text,
                "published": version.published_at,
                "salt": version.salt,
                "fingerprint": version.fingerprint,
            }
            for version in contribution.versions.all()
        ],
    }
