"""Blocks about a process on any page of the host."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.utils import translation
from wagtail import blocks
from wagtail.fields import StreamField

from civic_sourcing.processes.blocks import PROCESS_BLOCKS, ProcessPageBlock
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import PlazaPage
from tests.processes.test_hub import restrict

NAMES = [name for name, _block in PROCESS_BLOCKS]


@pytest.fixture
def shown(rf):
    """Render one block for somebody."""

    def render(name, page, by=None, **values):
        request = rf.get("/")
        request.user, request.session = by or AnonymousUser(), {}
        stream = blocks.StreamBlock(PROCESS_BLOCKS)
        value = stream.to_python([{"type": name, "value": {"page": page.pk, **values}}])
        return value[0].render(context={"request": request})

    return render


@pytest.mark.parametrize("name", NAMES)
def test_block_shows_a_process_with_a_link(shown, running, name):
    html = shown(name, running)

    assert "Market square" in html
    assert running.get_url() in html
    assert "civic.css" in html


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "page", ["draft", "private", "gone"], ids=["draft", "private to others", "deleted"]
)
def test_block_shows_nothing_of_what_is_not_for_its_reader(shown, home, running, name, page):
    if page == "draft":
        running = home.add_child(instance=PlazaPage(title="Market square 2", live=False))
    elif page == "private":
        restrict(running, "login")
    else:
        running.process.phases.all().delete()
        running.delete()

    assert not shown(name, running).strip()


def test_block_about_a_private_page_is_for_those_who_may_see_it(shown, running, citizen):
    restrict(running, "login")

    assert "Market square" in shown("process_card", running, by=citizen)


def test_block_shows_the_page_in_the_readers_language(shown, running, korean_plaza):
    with translation.override("ko"):
        html = shown("process_card", running)

    assert "시장 광장" in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((-1, 1), "Join in"),
        ((1, 2), "Read more about it"),
        ((-2, -1), "See what became of it"),
    ],
    ids=["open", "coming", "over"],
)
def test_call_to_action_says_what_can_be_done_now(shown, plaza, now, days, words):
    set_phases(plaza.process, PhaseRule("collect", now + days[0] * DAY, now + days[1] * DAY))

    html = shown("call_to_action", plaza, button="Join in", text="Say where benches are missing")

    assert words in html
    assert ("benches" in html) is (words == "Join in")


def test_call_to_action_without_any_words_has_no_empty_paragraph(shown, plaza, now):
    """Phases of this kind do not say what people can do."""
    set_phases(plaza.process, PhaseRule("answer", now - DAY, now + DAY))

    html = shown("call_to_action", plaza)

    assert "Market square" in html
    assert "Take part" in html
    assert "<p></p>" not in html


def test_timeline_lists_every_phase(shown, running):
    assert shown("process_timeline", running, heading="When").count("civic-step-label") == 2


def test_chooser_offers_participation_pages_only():
    models_offered = ProcessPageBlock().target_models

    assert PlazaPage in models_offered
    assert all(hasattr(model, "process_kind") for model in models_offered)


def test_migrations_of_the_host_need_no_code_of_ours():
    class Page(models.Model):
        body = StreamField(PROCESS_BLOCKS)

        class Meta:
            app_label = "tests"

    written, imports = MigrationWriter.serialize(Page._meta.get_field("body"))

    assert "civic_sourcing" not in written
    assert not any("civic_sourcing" in line for line in imports)
