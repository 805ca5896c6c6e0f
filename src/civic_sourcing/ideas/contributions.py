"""Ideas as contributions: how the ledger shows, hides, restores, masks and moves them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import swapper
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ReferenceIndex, get_page_models
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished

from civic_sourcing.attribution.kinds import ContributionKind, Entry
from civic_sourcing.attribution.models import Contribution, DerivationKind
from civic_sourcing.attribution.similar.differences import difference_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.spots import Spot
from civic_sourcing.ideas import stages, tallies
from civic_sourcing.ideas.filing import file_idea, free_slug, locked
from civic_sourcing.ideas.kinds import IDEAS
from civic_sourcing.ideas.models import Cause, IdeaForumMixin, IdeaMixin, IdeaTag, Stage
from civic_sourcing.ideas.refiling import refile
from civic_sourcing.ideas.vocabulary import words_of
from civic_sourcing.ideas.writing import keepsakes
from civic_sourcing.ideas.writing.news import ask_supporters
from civic_sourcing.ideas.writing.showing import photos_of
from civic_sourcing.ideas.writing.whole import Parts
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

KIND = "idea"
REWRITTEN = ("title", "draft_title", "description", "rendered_html", "slug", "url_path")
EMPTIED = ("seo_title", "search_description")


class IdeaContribution(ContributionKind):
    """An idea is a page: it is live exactly while its contribution is public."""

    key = KIND
    label = gettext_lazy("Idea")
    process_kinds = (IDEAS,)
    has_own_summary = True

    def label_of(self, contribution: Contribution) -> Any:
        """A petition in a forum of petitions."""
        return words_of(contribution.process).name

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, IdeaMixin]:
        keys = [contribution.pk for contribution in contributions]
        return {
            idea.contribution_id: idea
            for model in idea_models()
            for idea in model.objects.filter(contribution__in=keys).select_related("locale")
        }

    def url(self, contribution: Contribution) -> str:
        idea = self.content(contribution)
        return (idea.get_url() or "") if idea is not None and idea.live else ""

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        ideas = self.contents(contributions)
        return {key: idea.get_url() or "" for key, idea in ideas.items() if idea.live}

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        """Its forum, and what its author said sets it apart from ideas like it, if anything."""
        forum = self._idea(contribution).get_parent()
        return {
            "parent": forum,
            "place": forum.title,
            "url": forum.get_url() or "",
            "difference": SimpleLazyObject(partial(difference_of, contribution)),
            "images": SimpleLazyObject(partial(photos_of, contribution)),
        }

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        idea = self._idea(contribution)
        return idea.title, Parts.of(idea).with_description(idea.description)

    def enter(self, process: Process, entry: Entry) -> Contribution:
        """File it in the process's forum in the language it was written in, else in any."""
        forum = forum_of(process, entry.language)
        if forum is None:
            raise ActionRefused(_("This process has no idea forum."), code="no-forum")
        forum = locked(forum)
        idea = file_idea(
            forum,
            title=entry.title,
            description=entry.text,
            author=entry.author,
            entered_by=entry.entered_by,
            channel=entry.channel,
            terms=entry.terms,
            at=clock.now(),
        )
        return idea.contribution

    def show(self, contribution: Contribution) -> None:
        idea = self._idea(contribution)
        idea.first_published_at = idea.first_published_at or clock.now()
        _set_live(idea, True)
        ask_supporters(idea)

    def restore(self, contribution: Contribution) -> None:
        _set_live(self._idea(contribution), True)

    def hide(self, contribution: Contribution) -> None:
        _set_live(self._idea(contribution), False)

    def withdraw(self, contribution: Contribution) -> None:
        """What was published stays, and its page says that it was withdrawn."""
        idea = self._idea(contribution)
        _set_live(idea, contribution.is_public)
        if contribution.is_public:
            stages.enter(idea, Stage.WITHDRAWN, at=clock.now(), cause=Cause.AUTHOR)

    def bar(self, contribution: Contribution, derivation: str) -> str:
        """Its stage has to allow it, as it does for what officials decide by hand."""
        stage = self._idea(contribution).stage
        if derivation != DerivationKind.BECOMES_PROJECT or stages.may_follow(stage, Stage.BALLOT):
            return ""
        words = {"stage": Stage(stage).label}
        return _("It is marked “%(stage)s”, which the ballot does not follow.") % words

    def mask(self, contribution: Contribution, title: str, text: str) -> None:
        """Put the whole text in place of the description; its parts go from their places."""
        idea = self._idea(contribution)
        idea.write(title=title, description=text, whole=True)
        keepsakes.take_apart(idea)
        _rewrite(idea)

    def keepsake(self, contribution: Contribution) -> Mapping[str, Any]:
        """The address, which is made of the title, and what the whole text is made of."""
        idea = self._idea(contribution)
        return {"slug": idea.slug, **keepsakes.of(idea)}

    def bring_back(self, contribution: Contribution, keepsake: Mapping[str, Any]) -> None:
        """Give it its address back, unless another page has taken it meanwhile."""
        idea = self._idea(contribution)
        keepsakes.put_together(idea, keepsake)
        slug = keepsake.get("slug", idea.slug)
        if slug != idea.slug and not idea.get_siblings().filter(slug=slug).exists():
            idea.slug = slug
            idea.set_url_path(idea.get_parent())
            idea.save(clean=False)

    def blank(self, contribution: Contribution) -> None:
        idea = self._idea(contribution)
        with translation.override(idea.locale.language_code):
            idea.title = idea.draft_title = _("Removed text")
        idea.description = idea.rendered_html = ""
        keepsakes.erase(idea)
        words = list(idea.tags.values_list("pk", flat=True))
        idea.tags.clear()
        _rewrite(idea)
        IdeaTag.objects.filter(pk__in=words, tagged_ideas=None).delete()

    def lock_places(self, contribution: Contribution, process: Process) -> None:
        """Both forums, in the order of their keys: who files holds one before its ledger, too."""
        idea = self._idea(contribution)
        keys = [idea.get_parent().pk, _forum_for(idea, process).pk]
        pages = swapper.load_model("wagtailcore", "Page")._base_manager
        list(pages.select_for_update(no_key=True).filter(pk__in=keys).only("pk").order_by("pk"))

    def move(self, contribution: Contribution, process: Process) -> None:
        """Put the page below the other process's forum; its old address leads there."""
        idea = self._idea(contribution)
        forum = _forum_for(idea, process)
        idea.process = process
        refile(idea, process)
        idea.slug = free_slug(locked(forum), idea)
        idea.save()
        idea.moved_by_ledger = True
        idea.move(forum, pos="last-child")
        tallies.keep(idea)

    def spot(self, contribution: Contribution) -> Spot | None:
        idea = self.content(contribution)
        if idea is None or idea.latitude is None or idea.longitude is None:
            return None
        return idea.latitude, idea.longitude

    def affected(self, contribution: Contribution) -> Iterable[Participant]:
        return Participant.objects.filter(supports__contribution=contribution)

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        keys = [contribution.pk for contribution in contributions]
        return {
            key
            for model in idea_models()
            for key in model.objects.filter(contribution__in=keys, live=True).values_list(
                "contribution", flat=True
            )
        }

    def visible_to(
        self, contributions: Iterable[Contribution], request: HttpRequest
    ) -> Collection[int]:
        keys = [contribution.pk for contribution in contributions]
        return {
            key
            for model in idea_models()
            for key in model.objects.filter(contribution__in=keys)
            .visible_to(request)
            .values_list("contribution", flat=True)
        }

    def present(self, contributions: Iterable[Contribution]) -> Collection[int]:
        keys = [contribution.pk for contribution in contributions]
        return {
            key
            for model in idea_models()
            for key in model.objects.filter(contribution__in=keys).values_list(
                "contribution", flat=True
            )
        }

    def strays(self) -> Iterable[str]:
        for model in idea_models():
            for idea in model.objects.filter(contribution=None).values_list("uuid", flat=True):
                yield f"{model._meta.label_lower} {idea}"

    def _idea(self, contribution: Contribution) -> Any:
        """The page, looking at this very row: its state has just changed."""
        idea = self.content(contribution)
        if idea is None:
            raise ActionRefused(_("This no longer exists."), code="gone")
        idea.contribution = contribution
        return idea


def idea_models() -> list[Any]:
    """The page types that are ideas: this room's, and those of the site itself."""
    return [model for model in get_page_models() if issubclass(model, IdeaMixin)]


def forum_of(process: Process, language: str) -> Any:
    """The forum page of ``process`` in ``language``, else its first one; no aliases."""
    models = [model for model in get_page_models() if issubclass(model, IdeaForumMixin)]
    forums = [
        forum
        for model in models
        for forum in model.objects.filter(process=process, alias_of=None).select_related("locale")
    ]
    forums.sort(key=lambda forum: (forum.locale.language_code != language, forum.pk))
    return next(iter(forums), None)


def _forum_for(idea: Any, process: Process) -> Any:
    """The forum of ``process`` that takes ``idea``. Raises ``ActionRefused``: ``no-forum``."""
    forum = forum_of(process, idea.locale.language_code)
    if forum is None:
        raise ActionRefused(_("This process has no idea forum."), code="no-forum")
    return forum


def _set_live(idea: Any, live: bool) -> None:
    """Bring the page in line without revision, owner or log entry, and tell the host's caches."""
    if idea.live == live:
        return
    idea.live = live
    idea.has_unpublished_changes = not live
    idea.save(clean=False)
    tallies.keep(idea)
    if live:
        told = partial(page_published.send, sender=type(idea), instance=idea, revision=None)
    else:
        index.remove_object(idea)
        told = partial(page_unpublished.send, sender=type(idea), instance=idea)
    transaction.on_commit(told)


def _rewrite(idea: Any) -> None:
    """Put what ``idea`` says now in place of what it said, wherever Wagtail keeps it."""
    idea.slug = free_slug(idea.get_parent().specific, idea, exclude=idea.pk)
    for name in EMPTIED:
        setattr(idea, name, "")
    idea.set_url_path(idea.get_parent())
    idea.save(clean=False)
    kept = {name: getattr(idea, name) for name in (*REWRITTEN, *EMPTIED)}
    for revision in idea.revisions.all():
        revision.content |= {**kept, "tagged_items": [], "comments": []}
        revision.object_str = str(idea)
        revision.save(update_fields=["content", "object_str"])
    _log_entries(idea).update(label=str(idea)[:255])
    tallies.keep(idea)
    index.insert_or_update_object(idea)
    ReferenceIndex.create_or_update_for_object(idea)


def _log_entries(idea: Any) -> Any:
    from wagtail.log_actions import registry  # noqa: PLC0415 - needs loaded apps

    return registry.get_logs_for_instance(idea)
