"""The phases of a forum, in the words of what people hand in there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.ideas.kinds import ANSWER, COLLECT, IDEAS, REVIEW, SUPPORT
from civic_sourcing.ideas.models.rules import ForumRules, Vocabulary
from civic_sourcing.processes.kinds import Label, PhaseKind, register_process_kind

ORDER = (COLLECT, SUPPORT, REVIEW, ANSWER)

WORDS: Mapping[str, tuple[tuple[Label, Label], ...]] = {
    Vocabulary.IDEA: (
        (_("Collecting ideas"), _("Propose ideas and support those of others.")),
        (_("Gathering support"), _("Support the ideas you want to see happen.")),
        (_("Under review"), _("The city is looking at the ideas.")),
        (_("Answers"), _("Read what the city says to each idea.")),
    ),
    Vocabulary.PROPOSAL: (
        (_("Collecting proposals"), _("Make proposals and support those of others.")),
        (_("Gathering support"), _("Support the proposals you want to see happen.")),
        (_("Under review"), _("The city is looking at the proposals.")),
        (_("Answers"), _("Read what the city says to each proposal.")),
    ),
    Vocabulary.PETITION: (
        (_("Open for petitions"), _("Start a petition and sign those of others.")),
        (_("Gathering signatures"), _("Sign the petitions you agree with.")),
        (_("Under review"), _("The city is looking at the petitions.")),
        (_("Answers"), _("Read what the city says to each petition.")),
    ),
    Vocabulary.QUESTION: (
        (_("Collecting questions"), _("Ask, and say which questions of others are yours, too.")),
        (_("Choosing questions"), _("Say which questions you want to see answered.")),
        (_("Under review"), _("The city is looking at the questions.")),
        (_("Answers"), _("Read what the city answers to each question.")),
    ),
}
"""Name and invitation of each phase, in ``ORDER``."""

PHASES: Mapping[str, Mapping[str, PhaseKind]] = {
    vocabulary: {
        key: PhaseKind(key, label, invitation)
        for key, (label, invitation) in zip(ORDER, words, strict=True)
    }
    for vocabulary, words in WORDS.items()
}


def register() -> None:
    register_process_kind(
        IDEAS,
        _("Idea forum"),
        PHASES[Vocabulary.IDEA].values(),
        wording=phases_of,
        read_with="forum_rules",
    )


def phases_of(process: Any) -> Mapping[str, PhaseKind]:
    """The phases as the forum of ``process`` calls them."""
    vocabulary = ForumRules.objects.loaded(process).vocabulary
    return PHASES.get(vocabulary, PHASES[Vocabulary.IDEA])
