"""Handing in an idea."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import swapper
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import ledger, licences
from civic_sourcing.attribution.models import Channel, LicenceVersion
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import give_back, hit_limits
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.text import TextRefused
from civic_sourcing.ideas import limits
from civic_sourcing.ideas.filing import file_idea
from civic_sourcing.ideas.models import (
    Category,
    District,
    IdeaDraft,
    IdeaForumMixin,
    IdeaMixin,
)
from civic_sourcing.ideas.policies import may_propose
from civic_sourcing.ideas.signals import idea_proposed
from civic_sourcing.ideas.writing.details import Details, Reply
from civic_sourcing.moderation.newcomers import standing_of
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import participant_of


class ProposeIdea(Action[IdeaForumMixin]):
    """
    File an idea in a forum, in the language of the forum's page. The result is the new page.

    Takes ``title``, ``description``, a list of ``tags``, what ``Details`` names (``category``,
    ``district``, ``address``, ``latitude``, ``longitude``, ``replies``, ``draft``) and the terms:
    ``licence`` (a wording the process offers; default: its first), ``third_party_note``,
    ``made_on_duty``. The page has no
    owner, no revision and no entry in the site history: the ledger has the author, and no workflow
    of the editors begins. Limits against flooding hold for what comes in online, tighter ones for
    newcomers; ``ip`` counts against those of addresses. What is refused is not counted. Raises
    ``TextRefused`` for a text too long or without anything to see.
    """

    verb = "propose"
    announces = idea_proposed
    policy = may_propose

    author: Participant

    title: str
    description: str
    tags: Sequence[str] = ()
    channel: str = Channel.ONLINE
    licence: LicenceVersion | None = None
    third_party_note: str = ""
    made_on_duty: bool = False
    category: Category | None = None
    district: District | None = None
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    replies: Sequence[Reply] = ()
    draft: IdeaDraft | None = None
    ip: str | None = None
    places: Sequence[str | None] = ()

    def execute(self) -> Any:
        self.found = participant_of(self.by)
        return super().execute()

    def fresh_subject(self) -> Any:
        """Lock the page, as every step on it does, and read it with what filing looks at."""
        pages = swapper.load_model("wagtailcore", "Page")._base_manager
        model: Any = self.subject.specific_class or type(self.subject)
        rows = model._base_manager.select_related("locale", "process__forum_rules")
        try:
            pages.select_for_update(no_key=True).only("pk").get(pk=self.subject.pk)
            return rows.get(pk=self.subject.pk)
        except ObjectDoesNotExist:
            raise ActionRefused(
                _("This no longer exists. It was deleted in the meantime."), code="gone"
            ) from None

    def occasion(self) -> Occasion:
        """Who it is was looked up before, unless they are new here."""
        found = self.found or participant_of(self.by)
        if found is not None:
            found.user = self.by
            self.author = found
        return Occasion(self.by, self.subject, self.at, {"participant": found})

    def check(self) -> None:
        if self.channel == Channel.ONLINE:
            standing = standing_of(self.author, self.at)
            self.places = hit_limits("idea", actor=self.actor, standing=standing, ip=self.ip)
        process = self.subject.process
        assert process is not None  # a saved forum has one
        limits.refuse_too_many(self.author, process)
        limits.refuse_too_long(self.description, process)
        limits.refuse_other_tags(self.tags, process)
        self.terms = ledger.Terms(
            licence=licences.chosen(process, self.licence),
            third_party_note=self.third_party_note,
            made_on_duty=self.made_on_duty,
        )

    def perform(self) -> IdeaMixin:
        try:
            idea = self._file()
        except (ActionRefused, TextRefused):
            for place in self.places:
                give_back(place)
            raise
        licences.record_choice(self.author, self.terms.licence, at=self.at)
        return idea

    def content(self) -> dict[str, Any]:
        """Tell requests apart by what is said, not by where it comes from."""
        said = {name: value for name, value in self.arguments.items() if name != "ip"}
        return {"subject": self.subject, "arguments": said}

    def _file(self) -> IdeaMixin:
        idea: IdeaMixin = file_idea(
            self.subject,
            title=self.title,
            description=self.description,
            tags=self.tags,
            author=self.author,
            channel=self.channel,
            terms=self.terms,
            details=Details.among(self),
            at=self.at,
        )
        return idea

    def audit_details(self) -> dict[str, Any]:
        return {
            "idea": str(self.result.uuid),
            "contribution": str(self.result.contribution.uuid),
            "state": str(self.result.contribution.state),
            "licence": self.terms.licence.reference if self.terms.licence else "",
            "language": self.subject.locale.language_code,
            "channel": str(self.channel),
        }
