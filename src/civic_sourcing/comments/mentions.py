"""
Who is meant by “@Mina Han”.

Only people whose names everybody can read here anyway: who has published something in the process.
So a mention tells nobody whether somebody of that name has an account. Where two of them share the
name, it means the one who wrote in this thread, and nobody if that does not decide it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from civic_sourcing.attribution.models import Contribution, Credit
from civic_sourcing.comments.conf import conf
from civic_sourcing.comments.models import Comment, Mention, Thread
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.models.participants import NAME_COLUMN

LONGEST = 60
"""Code points after an @ that are compared with names."""

_AT = re.compile(r"(?<![\w@./])@(?=\S)")
_HANGUL = re.compile(r"[\uAC00-\uD7A3]")
_PARTICLE = re.compile(
    r"(?:님|씨|이|가|은|는|을|를|의|에|께|와|과|도|만|야|아|랑|한테|처럼|보다|라|로|으)"
)


def mentioned(text: str, thread: Thread) -> dict[str, Participant]:
    """
    Return who is mentioned in ``text`` (normalised), by the name as it stands there.

    The longest name wins; at most ``COMMENT_MENTIONS`` people. Two queries, none without an @.
    """
    places = [match.end() for match in _AT.finditer(text)][: 2 * conf.COMMENT_MENTIONS]
    if not places or not conf.COMMENT_MENTIONS:
        return {}
    candidates = [list(_candidates(text, place)) for place in places]
    known = _known({name for names in candidates for name in names}, thread)
    found: dict[str, Participant] = {}
    for names in candidates:
        name = next((name for name in names if name in known), None)
        if name is not None and len(found) < conf.COMMENT_MENTIONS:
            found[name] = known[name]
    return found


def keep_mentions(comment: Comment, found: dict[str, Participant]) -> list[Participant]:
    """Store who is mentioned, in place of who was; return those who were not before."""
    before = set(comment.mentions.values_list("participant", flat=True))
    comment.mentions.all().delete()
    rows = {
        person.pk: Mention(comment=comment, participant=person, name=name)
        for name, person in found.items()
    }
    Mention.objects.bulk_create(rows.values())
    return [row.participant for pk, row in rows.items() if pk not in before]


def drop_mentions(comment: Comment, text: str) -> None:
    """Forget mentions whose name does not stand in ``text``, as where it was masked."""
    rows = comment.mentions.values_list("pk", "name")
    gone = [pk for pk, name in rows if f"@{name}" not in text]
    comment.mentions.filter(pk__in=gone).delete()


def bring_mentions_back(comment: Comment, kept: Iterable[Sequence[Any]]) -> None:
    """Store mentions again, each the key of a participant and a name, but of who has left."""
    names = dict(kept)
    people = Participant.objects.filter(pk__in=names, erased_at=None)
    rows = [Mention(comment=comment, participant=each, name=names[each.pk]) for each in people]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)


def _candidates(text: str, start: int) -> Iterator[str]:
    """Names that may begin at ``start``, the longest first: each ends where a word does."""
    line = text[start : start + LONGEST].split("\n", maxsplit=1)[0]
    for end in range(min(len(line), NAME_COLUMN), 0, -1):
        if not line[end - 1].isspace() and _ends_word(line, end):
            yield unicodedata.normalize("NFC", line[:end])


def _ends_word(line: str, end: int) -> bool:
    following = line[end : end + 1]
    if not (following.isalnum() or following == "_"):
        return True
    return bool(_HANGUL.match(following) and _PARTICLE.match(line, end))


def _known(names: set[str], thread: Thread) -> dict[str, Participant]:
    published = Contribution.objects.published().filter(
        author=OuterRef("pk"), process=thread.process_id
    )
    people = Participant.objects.filter(
        Exists(published), name__in=names, erased_at=None, user__is_active=True
    )
    by_name: dict[str, list[Participant]] = defaultdict(list)
    for person in people.order_by("pk"):
        by_name[person.name].append(person)
    shared = [person for group in by_name.values() if len(group) > 1 for person in group]
    here = _people_here(thread, shared) if shared else set()
    chosen = {name: _chosen(group, here) for name, group in by_name.items()}
    return {name: person for name, person in chosen.items() if person is not None}


def _chosen(group: list[Participant], here: set[int]) -> Participant | None:
    if len(group) == 1:
        return group[0]
    present = [person for person in group if person.pk in here]
    return present[0] if len(present) == 1 else None


def _people_here(thread: Thread, people: Iterable[Participant]) -> set[int]:
    """Which of ``people`` wrote in the thread, or what it is about."""
    keys = {person.pk for person in people}
    wrote = Comment.objects.filter(thread=thread.pk, contribution__author__in=keys).readable()
    found = set(wrote.values_list("contribution__author", flat=True))
    if thread.contribution is not None:
        found |= keys & {thread.contribution.author_id}
        credits = Credit.objects.active().filter(contribution=thread.contribution)
        found |= set(credits.filter(participant__in=keys).values_list("participant", flat=True))
    return found
