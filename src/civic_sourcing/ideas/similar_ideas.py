"""
Ideas like the one somebody is writing, offered while they write and once more before publishing.

Nobody is kept from publishing: who has seen the offer and goes on is not asked again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import similar
from civic_sourcing.attribution.models import Contribution, StatedDifference
from civic_sourcing.core import clock
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.limits import MINUTE, RateLimit, client_ip
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaMixin, Support

SHORTEST = 4
"""Characters of a title below which nothing is looked up while somebody types."""

REASON_COLUMN = 5_000


@dataclass(frozen=True)
class SimilarIdea:
    """
    One match as people see it. ``idea`` is absent for other kinds of contributions, ``supporters``
    where their number is not told.
    """

    match: similar.Match
    idea: IdeaMixin | None = None
    supporters: int | None = None
    support_url: str = ""
    improve_url: str = ""

    @property
    def title(self) -> str:
        return self.match.title

    @property
    def url(self) -> str:
        return self.match.url

    @property
    def language(self) -> str:
        return self.match.contribution.language


class OfferedField(forms.Field):
    """The UUIDs of what was offered already; anything else is left out."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[uuid.UUID]:
        return list(_uuids(str(value or "").split(",")))[: conf.SIMILAR_OFFERED]


def fields() -> dict[str, forms.Field]:
    """What the form carries along about the offer; both are hidden until there was one."""
    return {
        "difference": PlainTextField(
            label=_("Mine is different because…"),
            help_text=_(
                "If you like, say in one sentence what sets it apart. It is kept with your text."
            ),
            required=False,
            max_length=REASON_COLUMN,
            max_graphemes=conf.SIMILAR_REASON_LENGTH,
            widget=forms.HiddenInput,
        ),
        "offered": OfferedField(required=False),
    }


def while_typing(request: HttpRequest, forum: IdeaForumMixin) -> list[SimilarIdea]:
    """What is like the title typed so far. Raises ``RateLimited`` for who asks too often."""
    title = request.GET.get("title", "").strip()
    if len(title) < SHORTEST or forum.process is None:
        return []
    asking = request.user.pk if request.user.is_authenticated else client_ip(request)
    RateLimit("civic_ideas.similar", conf.SIMILAR_LOOK_UPS_PER_MINUTE, MINUTE).hit(asking)
    return look_up(request, forum, title)


def before_publishing(
    request: HttpRequest, forum: IdeaForumMixin, form: forms.Form
) -> list[SimilarIdea]:
    """What is like the idea in the valid ``form``; nothing if its author was asked already."""
    if form.cleaned_data["offered"]:
        return []
    return look_up(request, forum, form.cleaned_data["title"], form.cleaned_data["description"])


def look_up(
    request: HttpRequest, forum: IdeaForumMixin, title: str, text: str = ""
) -> list[SimilarIdea]:
    if not conf.SIMILAR_OFFERED:
        return []
    matches = similar.find(
        forum.process,
        title,
        text,
        limit=conf.SIMILAR_OFFERED,
        site_wide=conf.SIMILAR_ACROSS_SITE,
        request=request,
    )
    return _with_ideas(request, forum, matches)


def ask_for_difference(form: forms.Form, ideas: Sequence[SimilarIdea]) -> forms.Form:
    """Return the form as it was sent, now with the question, which will not be put again."""
    offered = ",".join(str(one.match.contribution.uuid) for one in ideas)
    form.data = {**{name: form.data[name] for name in form.data}, "offered": offered}
    form.fields["difference"].widget = forms.Textarea(attrs={"rows": 3})
    form.order_fields(["difference"])
    return form


def keep_difference(idea: IdeaMixin, offered: Iterable[uuid.UUID], reason: str) -> None:
    """Note why the author of ``idea`` finds it different from what was offered, if they said so."""
    if not reason:
        return
    known = Contribution.objects.filter(uuid__in=offered).exclude(pk=idea.contribution_id)
    StatedDifference.objects.bulk_create(
        [
            StatedDifference(
                contribution_id=idea.contribution_id,
                similar=contribution,
                reason=reason,
                stated_at=idea.filed_at,
            )
            for contribution in known
        ],
        ignore_conflicts=True,
    )


def _with_ideas(
    request: HttpRequest, forum: IdeaForumMixin, matches: Sequence[similar.Match]
) -> list[SimilarIdea]:
    keys = [match.contribution_id for match in matches]
    if not keys:
        return []
    pages = forum.idea_model.objects.filter(contribution__in=keys)
    pages = pages.select_related("contribution__author", "process__forum_rules")
    ideas = {page.contribution_id: page for page in pages}
    supporters = Support.objects.numbers(keys)
    waiting = {key for key, idea in ideas.items() if idea.unlisted}
    return [
        _offer(request, match, ideas.get(match.contribution_id), supporters)
        for match in matches
        if match.contribution_id not in waiting
    ]


def _offer(
    request: HttpRequest, match: similar.Match, idea: Any, supporters: dict[int, int]
) -> SimilarIdea:
    if idea is None:
        return SimilarIdea(match)
    mine = idea.author is not None and idea.author.user_id == request.user.pk
    told = are_supports_told(idea.process, clock.of_request(request))
    return SimilarIdea(
        match,
        idea,
        supporters.get(match.contribution_id, 0) if told else None,
        "" if mine else match.url + idea.reverse_subpage("support"),
        ""
        if mine
        else reverse("civic_attribution:offer_to_improve", args=[match.contribution.uuid]),
    )


def _uuids(words: Iterable[str]) -> Iterable[uuid.UUID]:
    for word in words:
        try:
            yield uuid.UUID(word)
        except ValueError:
            continue
