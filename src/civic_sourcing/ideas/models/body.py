"""The free part of a forum's page: our blocks, and those the site adds by a setting."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from civic_sourcing.ideas.conf import conf


class SiteStreamField(StreamField):
    """
    A ``StreamField`` of given blocks and those ``FORUM_BLOCKS`` names.

    Migrations mention no blocks, which are no matter of the database, so that a site that adds some
    needs no migration of ours. One name stands for one block: the site's own goes before ours.
    """

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = StreamBlock(list({**dict(self.block_types_arg), **dict(site_blocks())}.items()))
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [[]], kwargs


def site_blocks() -> list[tuple[str, Any]]:
    """Blocks by name, as a site lists them for a ``StreamField`` of its own."""
    return list(import_string(conf.FORUM_BLOCKS)) if conf.FORUM_BLOCKS else []
