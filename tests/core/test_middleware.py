"""The site of a request, found as Wagtail finds it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from civic_sourcing.core.middleware import site_for

SITES = {
    "one, and it is the default": [("town.example", 80, True)],
    "one, and it is not": [("town.example", 80, False)],
    "one name with two ports": [("town.example", 80, False), ("town.example", 8000, False)],
    "a default beside it": [("town.example", 80, False), ("other.example", 80, True)],
    "a default and two of the name": [
        ("town.example", 81, False),
        ("town.example", 82, False),
        ("other.example", 80, True),
    ],
    "the default has the name": [("town.example", 81, True), ("town.example", 82, False)],
    "none": [],
}
ASKED = [
    (name, port)
    for name in ("town.example", "other.example", "nobody.example")
    for port in (80, 82)
]


@pytest.fixture
def root(db):
    """The page below which the site of the tests lies."""
    return Site.objects.get(is_default_site=True).root_page


@pytest.mark.parametrize("sites", SITES.values(), ids=SITES)
def test_the_site_is_the_one_wagtail_finds(root, sites):
    Site.objects.all().delete()
    for name, port, usual in sites:
        Site.objects.create(hostname=name, port=port, is_default_site=usual, root_page=root)

    for hostname, port in ASKED:
        try:
            wanted = get_site_for_hostname(hostname, port)
        except Site.DoesNotExist:
            wanted = None
        found = site_for(hostname, port)
        assert found == wanted, (hostname, port)
        assert found is None or found.root_page.path == root.path


def test_wagtail_does_not_ask_again_for_the_site_of_a_page(root, client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/")

    of_sites = [each["sql"] for each in asked if 'FROM "wagtailcore_site"' in each["sql"]]
    assert [sql for sql in of_sites if "root_page" in sql and "hostname" in sql]
    assert not [sql for sql in of_sites if "CASE WHEN" in sql and '"match"' in sql]
