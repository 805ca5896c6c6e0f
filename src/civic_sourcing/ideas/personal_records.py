"""What idea forums keep about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.personal_records import Entry, PersonalRecords, Summary
from civic_sourcing.ideas.contributions import KIND, IdeaContribution, idea_models
from civic_sourcing.ideas.models import Support
from civic_sourcing.moderation import waiting
from civic_sourcing.participants.models import Participant

LATEST = 5
"""Ideas named in the overview."""


class IdeaRecords(PersonalRecords):
    """Ideas and supports. Texts are emptied by the ledger, which knows every contribution."""

    name = "ideas"
    models = (
        "civic_ideas.ideapage",
        "civic_ideas.taggedidea",
        "civic_ideas.support",
        "civic_ideas.ideatally",
        "civic_ideas.ideatext",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        """Ideas, the latest of them by name with their state, and how many one supports."""
        ideas = participant.contributions.filter(kind=KIND)
        supports = Support.objects.filter(participant=participant).count()
        latest = list(ideas.select_related("process").order_by("-received_at", "-pk")[:LATEST])
        urls = IdeaContribution().urls(latest)
        entries = tuple(_entry(each, urls.get(each.pk, "")) for each in latest)
        lines = [
            Summary(_("What you handed in to forums"), ideas.count(), entries=entries),
            Summary(_("What you support"), supports),
        ]
        return [line for line in lines if line.count]

    def export(self, participant: Participant) -> dict[str, Any]:
        supports = Support.objects.filter(participant=participant).order_by("pk")
        return {
            "ideas": [
                {
                    "number": idea.uuid,
                    "title": idea.title,
                    "description": idea.description,
                    "tags": sorted(tag.name for tag in idea.tags.all()),
                    "filed": idea.filed_at,
                    "address": idea.full_url,
                }
                for model in idea_models()
                for idea in model.objects.filter(contribution__author=participant).order_by("pk")
            ],
            "supports": list(
                supports.values("contribution__uuid", "contribution__title", "created_at")
            ),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """Nothing goes from here: a support counts on, by a tombstone that names nobody."""


def _entry(contribution: Contribution, url: str) -> Entry:
    is_out = contribution.state == State.PUBLISHED
    state = "" if is_out else waiting.state_in_words(contribution)
    return Entry(contribution.title, url, state, contribution.language)
