"""Templates that are drawn once and filled many times."""

from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe

from civic_sourcing import core
from civic_sourcing.core.stencils import Stencil, gap, stencil_of

OURS = Path(core.__file__).parent / "templates"
FACTS = "civic_sourcing/core/elements/facts.html"
PROSE = "civic_sourcing/core/elements/prose.html"


@pytest.fixture
def host(tmp_path):
    """An engine with a folder of the host's in front of ours; the folder is ``host.folder``."""
    engine = Engine(dirs=[tmp_path, OURS])
    engine.folder = tmp_path
    return engine


def override(engine, name, source):
    file = engine.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("<b>&\"'", id="markup"),
        pytest.param("{{ title }} {% if %} %(a)s \\1 \\g<0>", id="placeholders"),
        pytest.param(gap("lang"), id="what looks like a gap"),
        pytest.param(mark_safe("<em>so</em>"), id="safe markup"),
        pytest.param("", id="nothing"),
        pytest.param(12, id="number"),
    ],
)
def test_filled_stencil_is_what_the_template_draws(host, word):
    template = host.get_template(FACTS)

    stencil = stencil_of(template, "one", lambda: {"content": gap("content")})

    drawn = template.render(Context({"content": word}))
    assert stencil.fill({"content": word}) == drawn


def test_a_gap_may_stand_twice_and_a_word_too_many_is_no_matter():
    stencil = Stencil(f"<p id={gap('a')}>{gap('b')}{gap('a')}</p>")

    assert stencil.fill({"a": "1", "b": "2", "c": "3"}) == "<p id=1>21</p>"


def test_stencil_is_drawn_once_for_each_shape(host):
    template, drawn = host.get_template(PROSE), []

    def gaps():
        drawn.append(1)
        return {"content": gap("content")}

    for shape in ("long", "short", "long"):
        stencil_of(template, shape, gaps)

    assert len(drawn) == 2


@pytest.mark.parametrize("theirs", [FACTS, PROSE], ids=["template", "part of it"])
def test_what_a_host_has_replaced_is_no_stencil(host, theirs):
    override(host, theirs, "{{ content|upper }}")

    stencil = stencil_of(host.get_template(FACTS), "one", dict, parts=[PROSE])

    assert stencil is None
