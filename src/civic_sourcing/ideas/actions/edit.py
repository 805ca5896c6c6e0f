"""Changing one's idea."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex
from wagtail.search import index

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import HOUR, RateLimit
from civic_sourcing.core.text import single_line
from civic_sourcing.core.uploads import Received
from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.limits import refuse_other_tags
from civic_sourcing.ideas.models import (
    Category,
    District,
    FormSetup,
    IdeaChange,
    IdeaDraft,
    IdeaFile,
)
from civic_sourcing.ideas.signals import idea_edited
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.ideas.writing.details import Details, Reply
from civic_sourcing.ideas.writing.material import is_material
from civic_sourcing.ideas.writing.news import ask_supporters
from civic_sourcing.ideas.writing.policies import is_fresh, may_edit
from civic_sourcing.ideas.writing.whole import Parts

NOTE_COLUMN, ALTERNATIVE_COLUMN = 500, 300
PLACES = frozenset({"latitude", "longitude"})


class EditIdea(IdeaStep):
    """
    Put another text in place of one's own; earlier versions stay readable, the address stays.

    Takes ``title``, ``description``, ``tags``, what ``Details`` names (all of it: what is left out
    is taken away, but for replies to questions asked no more; photos are those there are already,
    less ``without``, those of ``draft``, and ``photos``: received pictures, each with what it shows
    in words) and ``note``, which has to say what changes once the
    time for plain edits is over. The gate is asked again. What changes the meaning (``material``,
    or another spot) asks those who support it to keep or withdraw. The result is the
    ``IdeaChange``, ``None`` if nothing changed.
    """

    verb = "edit"
    announces = idea_edited
    policy = may_edit

    title: str
    description: str
    tags: Sequence[str] = ()
    category: Category | None = None
    district: District | None = None
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    replies: Sequence[Reply] = ()
    draft: IdeaDraft | None = None
    without: Sequence[IdeaFile] = ()
    photos: Sequence[tuple[Received, str]] = ()
    note: str = ""

    def check(self) -> None:
        self.is_fresh = is_fresh(self.subject, self.at)
        if not self.is_fresh and not self.note.strip():
            raise ActionRefused(
                _("Please say in a sentence what you change and why."), code="note-needed"
            )
        RateLimit("civic_ideas.edit", conf.IDEA_EDITS_PER_HOUR, HOUR).hit(self.actor)
        if self.note.strip():
            self.note = single_line(self.note, max_length=NOTE_COLUMN)
            refuse_words(self.subject, self.note, self.at)
        if self.photos:
            self.photos = [checked_photo(*each) for each in self.photos]
            self._refuse_too_many_photos()

    def _refuse_too_many_photos(self) -> None:
        """As many as the form for new ideas takes, and none where it takes none."""
        there = IdeaFile.objects.photos().filter(contribution=self.subject.contribution_id)
        there = there.exclude(pk__in=[file.pk for file in self.without])
        asked = FormSetup.objects.of(self.subject.process).asks("photos")
        if not asked or there.count() + len(self.photos) > conf.IDEA_PHOTOS:
            raise ActionRefused(_("There is no room for more photos."), code="too-many-photos")

    def perform(self) -> IdeaChange | None:
        idea = self.subject
        before = idea.title, idea.description, Parts.of(idea)
        changed = self._write()
        after = Parts.of(idea)
        texts_differ = (idea.title, idea.description, after) != before
        if not changed and not texts_differ:
            return None
        versions = list(idea.contribution.versions.order_by("-number").values_list("number")[:1])
        number = versions[0][0] if versions else 0
        number += texts_differ
        meaning = [_substance(*before), _substance(idea.title, idea.description, after)]
        material = is_material(*meaning) or bool(PLACES.intersection(changed))
        change = self._note_down(number, changed, material=bool(versions) and material)
        self._save(number, change)
        if texts_differ:
            text = after.with_description(idea.description)
            self.waits_for = ledger.revise(idea.contribution, title=idea.title, text=text)
            idea.refresh_from_db(fields=["live"])
        ask_supporters(idea)
        return change

    def _write(self) -> list[str]:
        """Set what is the author's, and return what changed beside title and description."""
        idea, contribution = self.subject, self.subject.contribution
        idea.write(title=self.title, description=self.description)
        changed = Details.among(self).place(idea)
        own = set(idea.tags.names())
        refuse_other_tags(self.tags, idea.process, own=own)
        if own != set(self.tags):
            idea.tags.set(sorted(self.tags))
            changed.append("tags")
        drafted = list(self.draft.files.all()) if self.draft else []
        changed += ["files"] if self.without or drafted or self.photos else []
        for file in self.without:
            file.delete_with_content()
        self._add_photos()
        if Details(replies=self.replies).replace_replies(contribution):
            changed.append("replies")
        Details(draft=self.draft).keep(contribution)
        return changed

    def _add_photos(self) -> None:
        contribution = self.subject.contribution
        rows = IdeaFile.objects.photos().filter(contribution=contribution)
        last = max(rows.values_list("position", flat=True), default=-1)
        for position, (received, words) in enumerate(self.photos, last + 1):
            IdeaFile.holding(
                received, contribution=contribution, alternative=words, position=position
            ).save()

    def _note_down(self, number: int, changed: list[str], *, material: bool) -> IdeaChange:
        return IdeaChange.objects.create(
            contribution=self.subject.contribution,
            number=max(number, 1),
            is_material=material,
            parts=sorted(changed),
            note=self.note,
            changed_at=self.at,
        )

    def _save(self, number: int, change: IdeaChange) -> None:
        idea = self.subject
        if idea.contribution.was_published:
            idea.edited_at = idea.last_published_at = self.at
        if change.is_material:
            idea.material_version = number
        idea.save(clean=False)
        tallies.keep_words(idea)
        tallies.touched(idea.contribution_id, self.at)
        if idea.live:
            index.insert_or_update_object(idea)
            ReferenceIndex.create_or_update_for_object(idea)

    def content(self) -> dict[str, Any]:
        """Tell requests apart by what is said."""
        return {"subject": self.subject, "arguments": self.arguments}

    def audit_details(self) -> dict[str, Any]:
        change = self.result
        if change is None:
            return {"changed": False}
        return {
            "changed": True,
            "version": change.number,
            "material": change.is_material,
            "parts": list(change.parts),
            "state": str(self.subject.contribution.state),
        }


def _substance(title: str, description: str, parts: Parts) -> str:
    return "\n\n".join([title, description, parts.substance])


def checked_photo(received: Received, words: str) -> tuple[Received, str]:
    """A picture with what it shows in words. Raises ``ActionRefused``, ``TextRefused``."""
    if not received.kind.is_image:
        raise ActionRefused(_("This is not a photo. Please choose a picture."), code="no-picture")
    if not words.strip():
        raise ActionRefused(_("Please say what the photo shows."), code="no-alternative-text")
    return received, single_line(words, max_length=ALTERNATIVE_COLUMN)


def refuse_words(idea: Any, words: str, at: Any) -> None:
    """
    Ask the gate about something short that is shown at once and is no version of the text.

    Raises ``ActionRefused`` where the gate refuses, or would let a moderator read it first.
    """
    contribution = idea.contribution
    judgement = gate.judge(
        gate.Submission(
            kind=contribution.kind,
            process=contribution.process,
            author=contribution.author,
            title="",
            text=words,
            language=contribution.language,
            channel=contribution.channel,
            at=at,
            contribution=contribution,
        )
    )
    if judgement.holds and not contribution.keepers and contribution.is_public:
        raise ActionRefused(
            _now(
                "A moderator would have to read this remark first. Please word it without links, "
                "names and addresses."
            ),
            code="remark-held",
        )
