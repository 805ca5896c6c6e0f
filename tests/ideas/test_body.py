"""The body of a forum takes the blocks of the site beside ours."""

from django.test import override_settings
from wagtail import blocks

from civic_sourcing.ideas.models.body import SiteStreamField

OURS = [("heading", blocks.CharBlock()), ("notice", blocks.TextBlock())]
THEIRS = [("sign", blocks.CharBlock(template="sign.html")), ("notice", blocks.RichTextBlock())]
SITE = override_settings(CIVIC_SOURCING={"FORUM_BLOCKS": f"{__name__}.THEIRS"})


@SITE
def test_blocks_of_the_site_join_ours_or_take_their_place():
    known = SiteStreamField(OURS, blank=True).stream_block.child_blocks

    assert list(known) == ["heading", "notice", "sign"]
    assert isinstance(known["notice"], blocks.RichTextBlock)
    assert not SiteStreamField(OURS, blank=True).stream_block.required


def test_migrations_name_no_blocks():
    field = SiteStreamField(OURS, blank=True)
    before = field.deconstruct()

    with SITE:
        after = SiteStreamField(OURS, blank=True).deconstruct()

    assert before == after
    assert before[2:] == ([[]], {"blank": True})
