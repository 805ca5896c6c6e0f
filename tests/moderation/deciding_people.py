"""Scenes for decisions: deciding, an idea that waits, and what everybody can read of an idea."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.audit import verify
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation import cases
from civic_sourcing.moderation.actions import DecideAppeal, DecideCase, FileAppeal
from civic_sourcing.moderation.models import Case, Decision
from civic_sourcing.processes.models import RoleAssignment
from tests.scenes import maker

FACTS = "The second sentence runs down a neighbour."
REASONS = "On a second look it is about the matter."


@maker(name="decide")
def decide_scene(rules, moderator):
    """Decide a case as the moderator: hide it under “respect”, unless said otherwise."""

    def take(case, outcome="hide", *, by=moderator, rule="respect", facts=FACTS, **terms):
        found = rules(rule) if rule else None
        return DecideCase(case, by=by, outcome=outcome, rule=found, facts=facts, **terms).execute()

    return take


@maker(name="appeal")
def appeal_scene(author):
    def file(decision, *, by=author, text="It was meant as a joke."):
        return FileAppeal(decision, by=by, text=text).execute()

    return file


@maker(name="decide_appeal")
def decide_appeal_scene(second_moderator):
    def take(appeal, verdict="reversed", *, by=second_moderator, reasons=REASONS, **terms):
        return DecideAppeal(
            appeal, by=by, appeal_outcome=verdict, reasons=reasons, **terms
        ).execute()

    return take


@pytest.fixture(name="waiting_idea")
def waiting_idea_scene(propose, author, forum):
    """An idea that waits for a moderator before anybody sees it, and its case."""
    gate.register_keeper("moderation-test", lambda submission: gate.Hold("look", "Wait."))
    page = propose(author, "Lamps", description="Light by the river.")
    gate.unregister_keeper("moderation-test")
    case = cases.gather(page.contribution, process=forum.process, at=clock.now())
    case.held = True
    case.save()
    return page


def row(page):
    return Contribution.objects.get(pk=page.contribution_id)


def page_now(page):
    return IdeaPage.objects.get(pk=page.pk)


def seen(page):
    """What a visitor gets at the address of an idea."""
    return Client().get(page_now(page).get_url() or page.url)


def case_now(case):
    return Case.objects.get(pk=case.pk)


def decision_now(decision):
    return Decision.objects.get(pk=decision.pk)


def faults():
    return [finding.code for report in verify() for finding in report.findings]


def snapshot(page):
    """State, place, words and counts of an idea, to be the same after a reversal."""
    idea, contribution = page_now(page), row(page)
    return {
        "live": idea.live,
        "url": idea.url_path,
        "parent": idea.get_parent().pk,
        "title": idea.title,
        "draft_title": idea.draft_title,
        "text": idea.description,
        "html": idea.rendered_html,
        "tags": sorted(idea.tags.names()),
        "supports": idea.supports.count(),
        "state": contribution.state,
        "heading": contribution.title,
        "process": contribution.process_id,
        "sequence": contribution.sequence,
        "held_by": contribution.held_by,
        "latest": contribution.versions.order_by("-number").values_list("title", "text").first(),
    }


def version_of(case):
    last = case.contribution.versions.order_by("-number").first()
    return last.number if last else 0


@maker(name="terms")
def terms_scene(other_forum):
    """What an outcome needs beside its reasons."""

    def needed(case, outcome):
        soon = timezone.now() + timedelta(days=7)
        if outcome in ("temporary", "suspend"):
            return {"until": soon}
        if outcome == "move":
            moderate_there(other_forum)
            return {"target": other_forum.process}
        if outcome == "mask" and case.contribution:
            return {"spans": [["text", 0, 5]], "seen_version": version_of(case)}
        return {}

    return needed


def moderate_there(forum):
    """Have all who moderate something moderate ``forum`` too: only there they can move things."""
    for group in Group.objects.filter(civic_roles__role="moderator").distinct():
        RoleAssignment.objects.get_or_create(group=group, page=forum, role="moderator")
