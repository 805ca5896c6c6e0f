"""Texts as checks get them, and the town's lists."""

from dataclasses import replace

from django.utils import timezone

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.checks.registry import examine
from civic_sourcing.moderation.checks.texts import CheckedText
from civic_sourcing.moderation.models import WordList
from civic_sourcing.participants.models import Participant
from tests.scenes import maker


@maker
def text(forum, author):
    """A harmless text of somebody known here; change what the scene is about."""

    def write(words="Benches by the river, please.", title="Benches", **facts):
        return replace(
            CheckedText(
                title=title,
                text=words,
                language="en",
                kind="idea",
                process=forum.process,
                author=Participant.objects.of(author),
                at=timezone.now(),
            ),
            **facts,
        )

    return write


@maker
def codes(text):
    """What all checks say to a text: code and verdict of each hit."""

    def look(words="Benches by the river, please.", **facts):
        return {hit.code: hit.verdict for hit in examine(text(words, **facts))}

    return look


@maker
def word_list(db):
    def make(words, **fields):
        return WordList.objects.create(**{"title": "Insults", "words": words, **fields})

    return make


@maker
def handed_in(forum, notes):
    """Put a contribution of somebody into the ledger, past all checks."""

    def make(user, **fields):
        return Contribution.objects.create(
            **{
                "kind": "note",
                "process": forum.process,
                "author": Participant.objects.of(user),
                "sequence": Contribution.objects.count() + 1,
                "received_at": timezone.now(),
                "state": "published",
                "language": "en",
                "title": "Note",
                **fields,
            }
        )

    return make
