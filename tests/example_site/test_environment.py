import pytest

from town import environment


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param("sqlite:///town.sqlite3", "town.sqlite3", id="relative"),
        pytest.param("sqlite:////srv/town.sqlite3", "/srv/town.sqlite3", id="absolute"),
        pytest.param("sqlite:///my%20town.sqlite3", "my town.sqlite3", id="blank"),
        pytest.param("sqlite://", ":memory:", id="memory"),
    ],
)
def test_sqlite_is_named_by_its_path(url, name):
    database = environment.database(url)

    assert database["NAME"] == name
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgres://ann:s%40fe@db.example:5433/town",
            ("ann", "s@fe", "db.example", "5433", "town", {}),
            id="host",
        ),
        pytest.param(
            "postgresql://postgres:@/town?host=/run/postgresql",
            ("postgres", "", "/run/postgresql", "", "town", {}),
            id="socket",
        ),
        pytest.param(
            "postgres://ann@db.example/town?sslmode=require",
            ("ann", "", "db.example", "", "town", {"sslmode": "require"}),
            id="driver-option",
        ),
    ],
)
def test_postgres_is_named_by_host_or_socket(url, expected):
    database = environment.database(url)

    read = tuple(database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS"))
    assert read == expected


@pytest.mark.parametrize("url", ["mysql://db/town", "town.sqlite3", ""])
def test_other_databases_are_refused_by_name(url):
    with pytest.raises(ValueError, match="DATABASE_URL must start with sqlite:/// or postgres://"):
        environment.database(url)


@pytest.mark.parametrize(
    ("url", "backend"), [("", "LocMemCache"), ("redis://cache:6379/1", "RedisCache")]
)
def test_cache_is_redis_where_there_is_one(url, backend):
    assert environment.cache(url)["BACKEND"].endswith(backend)


def test_other_caches_are_refused_by_name():
    with pytest.raises(ValueError, match="CACHE_URL must start with redis://"):
        environment.cache("memcached://cache")


@pytest.mark.parametrize(
    ("given", "read"),
    [("1", True), ("True", True), ("on", True), ("0", False), ("", False), ("no", False)],
)
def test_switches_read_as_people_write_them(given, read):
    assert environment.flag({"DEBUG": given}, "DEBUG", default=not read) is read


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    with pytest.raises(ValueError, match=r"DEBUG must be one of .* not 'maybe'"):
        environment.flag({"DEBUG": "maybe"}, "DEBUG", default=False)


@pytest.mark.parametrize(
    ("given", "read"),
    [({}, 1), ({"TRUSTED_PROXIES": ""}, 1), ({"TRUSTED_PROXIES": "0"}, 0)],
    ids=["not given", "empty", "none"],
)
def test_counts_read_as_people_write_them(given, read):
    assert environment.number(given, "TRUSTED_PROXIES", default=1) == read


@pytest.mark.parametrize("given", ["many", "-1", "1.5"])
def test_a_count_that_is_none_is_refused(given):
    with pytest.raises(ValueError, match="TRUSTED_PROXIES must be a whole number"):
        environment.number({"TRUSTED_PROXIES": given}, "TRUSTED_PROXIES", default=0)
