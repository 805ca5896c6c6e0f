import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections

from civic_sourcing.core import triggers
from civic_sourcing.core.checks import (
    CONTEXT_PROCESSOR,
    check_base_template,
    check_proxies,
    check_sqlite_transactions,
    check_time_zone,
)


def ids(messages):
    return [message.id for message in messages if message.id.startswith("civic_core.")]


def test_the_example_site_passes_its_checks():
    assert ids(run_checks()) == []


def test_naive_times_are_refused(settings):
    settings.USE_TZ = False

    assert ids(check_time_zone()) == ["civic_core.E004"]


@pytest.mark.parametrize(
    ("database", "found"),
    [
        pytest.param({}, ["civic_core.W001"], id="nothing said"),
        pytest.param({"transaction_mode": "DEFERRED"}, ["civic_core.W001"], id="deferred"),
        pytest.param({"transaction_mode": "IMMEDIATE"}, [], id="immediate"),
    ],
)
def test_sqlite_must_begin_its_transactions_at_once(monkeypatch, database, found):
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": database}
    monkeypatch.setattr(connections, "settings", {"default": sqlite})

    assert ids(check_sqlite_transactions()) == found


@pytest.mark.parametrize(
    ("base", "processors", "found"),
    [
        pytest.param("base.html", [], [], id="default name"),
        pytest.param("town.html", [], ["civic_core.W002"], id="nobody tells the templates"),
        pytest.param("town.html", [CONTEXT_PROCESSOR], [], id="told"),
    ],
)
def test_a_base_template_no_template_hears_of_is_named(settings, base, processors, found):
    settings.CIVIC_SOURCING = {"BASE_TEMPLATE": base}
    settings.TEMPLATES = [{"OPTIONS": {"context_processors": processors}}]

    assert ids(check_base_template()) == found


@pytest.mark.parametrize(
    ("trust", "proxies", "found"),
    [
        pytest.param({}, 0, [], id="no proxy"),
        pytest.param({"USE_X_FORWARDED_HOST": True}, 0, ["civic_core.W003"], id="host"),
        pytest.param(
            {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")},
            0,
            ["civic_core.W003"],
            id="https",
        ),
        pytest.param({"USE_X_FORWARDED_HOST": True}, 1, [], id="counted"),
    ],
)
def test_a_proxy_the_limits_do_not_know_of_is_named(settings, trust, proxies, found):
    settings.SECURE_PROXY_SSL_HEADER, settings.USE_X_FORWARDED_HOST = None, False
    settings.CIVIC_SOURCING = {"TRUSTED_PROXIES": proxies}
    for name, value in trust.items():
        setattr(settings, name, value)

    assert ids(check_proxies()) == found


@pytest.mark.django_db
def test_the_database_check_passes_after_migrate():
    assert ids(run_checks(databases=["default"])) == []


@pytest.mark.django_db
def test_the_database_check_names_a_missing_trigger():
    triggers.lift()

    with pytest.raises(SystemCheckError, match=r"E010.*civic_core_auditentry_no_update.* missing"):
        call_command("check", databases=["default"])


@pytest.mark.django_db
def test_triggers_are_not_looked_for_where_no_database_is_asked_for():
    triggers.lift()

    assert ids(run_checks()) == []


@pytest.mark.django_db
def test_a_missing_trigger_only_warns_while_migrations_wait():
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'civic_core'")

    assert set(ids(run_checks(databases=["default"]))) == {"civic_core.W010"}
