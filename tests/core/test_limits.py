from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

from civic_sourcing.core import limits
from civic_sourcing.core.exceptions import RateLimited
from civic_sourcing.core.limits import RateLimit, client_ip, give_back, hit_limits, limits_for

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
DATABASE = "django.core.cache.backends.db.DatabaseCache"
TABLE = "civic_test_cache"


class BrokenCache(BaseCache):
    """Redis that went away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _broken(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("no route to cache")

    add = get = set = delete = get_many = _broken


class ForgetfulCache(BrokenCache):
    """A cache client told to swallow its errors."""

    def _nothing(self, *args: Any, **kwargs: Any) -> Any:
        return None

    add = get = set = delete = _nothing

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return {}


@pytest.fixture
def counting_cache(settings: Any) -> Any:
    settings.CACHES = {"default": {"BACKEND": LOCAL_MEMORY, "LOCATION": "limits"}}
    caches["default"].clear()
    return caches["default"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, counting_cache: Any) -> Callable[[float], None]:
    """``clock(90)`` lets 90 seconds pass, for the limits and for the cache."""
    moment = [1_000_000.0]
    monkeypatch.setattr("time.time", lambda: moment[0])

    def forward(seconds: float) -> None:
        moment[0] += seconds

    return forward


@pytest.fixture
def database_cache(settings: Any, transactional_db: None) -> Any:
    settings.CACHES = {
        "default": {"BACKEND": DATABASE, "LOCATION": TABLE, "OPTIONS": {"MAX_ENTRIES": 10_000}}
    }
    call_command("createcachetable", TABLE, verbosity=0)
    yield caches["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def is_allowed(limit: RateLimit, key: object = "somebody") -> bool:
    try:
        limit.hit(key)
    except RateLimited:
        return False
    return True


def test_as_many_hits_as_the_limit_says_and_no_more(clock):
    limit = RateLimit("idea", count=3, seconds=60)

    assert [is_allowed(limit) for _ in range(5)] == [True, True, True, False, False]


def test_limit_of_none_refuses_the_first_attempt(clock):
    with pytest.raises(RateLimited):
        RateLimit("test", 0, 60).hit("mina")


def test_window_slides_so_that_no_burst_fits_at_its_edge(clock):
    limit = RateLimit("idea", count=2, seconds=60)
    limit.hit("somebody")
    clock(50)
    limit.hit("somebody")
    clock(11)

    assert [is_allowed(limit) for _ in range(2)] == [True, False]


def test_refused_attempts_do_not_prolong_the_wait(clock):
    limit = RateLimit("idea", count=1, seconds=60)
    limit.hit("somebody")
    clock(59)
    is_allowed(limit)
    clock(2)

    assert is_allowed(limit)


def test_everybody_has_their_own_limit(clock):
    limit = RateLimit("idea", count=1, seconds=60)

    assert [is_allowed(limit, "a"), is_allowed(limit, "b"), is_allowed(limit, "a")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("seconds", "passed", "retry_after", "sentence"),
    [
        (60, 59, 1, "That was too often. Please try again in 1 second."),
        (60, 20, 40, "That was too often. Please try again in 40 seconds."),
        (120, 0, 120, "That was too often. Please try again in 2 minutes."),
        (3600, 3540, 60, "That was too often. Please try again in 1 minute."),
        (86400, 82800, 3600, "That was too often. Please try again in 1 hour."),
        (86400, 1, 86399, "That was too often. Please try again in 24 hours."),
    ],
)
def test_refusal_says_when_to_try_again(clock, seconds, passed, retry_after, sentence):
    limit = RateLimit("idea", count=1, seconds=seconds)
    limit.hit("somebody")
    clock(passed)

    with pytest.raises(RateLimited) as caught:
        limit.hit("somebody")

    assert (caught.value.retry_after, caught.value.message) == (retry_after, sentence)
    assert caught.value.code == "rate-limited"


def test_given_back_place_can_be_taken_again(clock):
    limit = RateLimit("idea", count=1, seconds=60)

    give_back(limit.hit("somebody"))

    assert is_allowed(limit)


def test_cache_never_sees_who_it_is(counting_cache):
    RateLimit("idea", count=1, seconds=60).hit("203.0.113.7")

    assert not [key for key in counting_cache._cache if "203.0.113.7" in key]


@pytest.mark.parametrize("backend", ["BrokenCache", "ForgetfulCache"])
@pytest.mark.parametrize(("fail", "allowed"), [("open", True), ("closed", False)])
def test_broken_cache_lets_people_vote_and_keeps_guessers_out(settings, backend, fail, allowed):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.{backend}"}}

    assert is_allowed(RateLimit("any", count=1, seconds=60, fail=fail)) is allowed


def test_refusal_over_a_broken_cache_says_so(settings):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.BrokenCache"}}

    with pytest.raises(RateLimited, match="not possible right now") as caught:
        RateLimit("log-in", count=1, seconds=60, fail="closed").hit("somebody")

    assert caught.value.retry_after == 60


def test_limit_holds_for_threads_on_local_memory(counting_cache, run_in_parallel):
    limit = RateLimit("idea", count=5, seconds=60)

    allowed = run_in_parallel(16, lambda number: is_allowed(limit))

    assert allowed.count(True) == 5
    assert allowed.count(False) == 11


def test_limit_holds_for_connections_on_the_database_cache(database_cache, run_in_parallel):
    limit = RateLimit("idea", count=3, seconds=60)

    allowed = run_in_parallel(8, lambda number: is_allowed(limit))

    assert allowed.count(True) == 3
    assert allowed.count(False) == 5


def test_missing_table_of_the_database_cache_counts_as_failure(settings, transactional_db):
    settings.CACHES = {"default": {"BACKEND": DATABASE, "LOCATION": "no_such_table"}}

    assert is_allowed(RateLimit("read", count=1, seconds=60))
    assert not is_allowed(RateLimit("log-in", count=1, seconds=60, fail="closed"))


def test_newcomer_proposes_three_ideas_a_day_two_minutes_apart(clock):
    outcomes = []
    for wait in (0, 60, 61, 121, 121):
        clock(wait)
        try:
            hit_limits("idea", actor="newcomer", standing="new", ip="203.0.113.7")
            outcomes.append("taken")
        except RateLimited as refusal:
            outcomes.append(refusal.message.removeprefix("That was too often. "))

    assert outcomes == [
        "taken",
        "Please try again in 1 minute.",
        "taken",
        "taken",
        "Please try again in 24 hours.",
    ]


def test_refusal_by_one_limit_costs_nothing_at_the_others(clock):
    for number in range(10):
        hit_limits("idea", actor=number, ip="203.0.113.7")
    with pytest.raises(RateLimited):
        hit_limits("idea", actor="latecomer", ip="203.0.113.7")

    assert hit_limits("idea", actor="latecomer", ip="198.51.100.1")


def test_town_replaces_one_group_of_limits_and_keeps_the_others(settings):
    settings.CIVIC_SOURCING = {"LIMITS": {"idea": {"new": [{"count": 7, "seconds": 60}]}}}

    assert limits_for("idea", "new") == (RateLimit("idea.new", count=7, seconds=60),)
    assert len(limits_for("idea", "normal")) == 2


def test_limit_nobody_defined_is_named():
    with pytest.raises(LookupError, match=r"'voting'.*idea"):
        limits_for("voting", "new")


def test_packaged_limits_are_well_formed():
    for name, groups in limits.packaged_limits().items():
        assert groups["fail"] in ("open", "closed")
        for group in ("new", "normal", "ip"):
            assert all(rule.count > 0 and rule.seconds > 0 for rule in limits_for(name, group))


@pytest.mark.parametrize(
    ("proxies", "connection_from", "forwarded", "expected"),
    [
        pytest.param(0, "203.0.113.7", "6.6.6.6", "203.0.113.7", id="header ignored"),
        pytest.param(1, "10.0.0.1", "203.0.113.7", "203.0.113.7", id="one proxy"),
        pytest.param(1, "10.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7", id="forged part"),
        pytest.param(2, "10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7", id="two"),
        pytest.param(2, "203.0.113.7", "6.6.6.6", "203.0.113.7", id="past the proxies"),
        pytest.param(1, "203.0.113.7", None, "203.0.113.7", id="no header"),
        pytest.param(1, "203.0.113.7", "<script>", "203.0.113.7", id="nonsense"),
        pytest.param(1, "10.0.0.1", "203.0.113.7:5123", "203.0.113.7", id="port"),
        pytest.param(1, "10.0.0.1", "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64", id="IPv6"),
        pytest.param(0, "::ffff:203.0.113.7", None, "203.0.113.7", id="mapped IPv4"),
        pytest.param(0, "fe80::1%eth0", None, "fe80::/64", id="zone"),
        pytest.param(0, "", None, "unknown", id="socket"),
    ],
)
def test_client_is_who_the_trusted_proxies_saw(
    settings, proxies, connection_from, forwarded, expected
):
    settings.CIVIC_SOURCING = {"TRUSTED_PROXIES": proxies}
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=connection_from, **headers)

    assert client_ip(request) == expected


def test_visitors_without_any_address_are_reported_once(settings, caplog):
    limits._warn_once.cache_clear()
    socket = RequestFactory().get("/", REMOTE_ADDR="")

    addresses = [client_ip(socket) for _visit in range(3)]

    assert addresses == ["unknown"] * 3
    assert [record.getMessage()[:32] for record in caplog.records] == [
        "Visitors have no address of thei"
    ]


def test_a_proxy_before_a_socket_tells_visitors_apart(settings):
    settings.CIVIC_SOURCING = {"TRUSTED_PROXIES": 1}
    socket = RequestFactory().get(
        "/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7"
    )

    assert client_ip(socket) == "192.0.2.7"


def test_neighbours_in_one_ipv6_network_count_as_one(settings):
    first, second = (
        RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2:{number}::1") for number in (7, 8)
    )

    assert client_ip(first) == client_ip(second)
