"""Lists of pages near the root do not read through all ideas."""

import pytest
from django.db import connection
from wagtail.models import Page

from civic_sourcing.ideas import page_depths

pytestmark = pytest.mark.django_db


def is_there():
    with connection.cursor() as cursor:
        table = Page._meta.db_table
        return page_depths.INDEX in connection.introspection.get_constraints(cursor, table)


def test_pages_right_below_another_are_read_by_their_depth(home, forum):
    Page.objects.bulk_create(
        Page(
            title=f"Idea {number}",
            slug=f"idea-{number}",
            path=f"{forum.path}{number:04}",
            depth=forum.depth + 1,
            content_type_id=forum.content_type_id,
            locale_id=forum.locale_id,
        )
        for number in range(1_000, 4_000)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Page._meta.db_table}")

    assert page_depths.INDEX in home.get_children().explain()


def test_index_comes_back_after_it_was_dropped():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {page_depths.INDEX}")
    assert not is_there()

    page_depths.install()
    page_depths.install()

    assert is_there()
