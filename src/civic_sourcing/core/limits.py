"""
How often somebody may try something, counted in the Django cache.

Addresses and participants appear in the cache as keyed digests only. Casting a ballot is never
limited by address: town halls and care homes share one.
"""

import ipaddress
import json
import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as remember
from importlib.resources import files
from typing import Any, Literal

from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.core.conf import conf
from civic_sourcing.core.exceptions import RateLimited

logger = logging.getLogger(__name__)

Fail = Literal["open", "closed"]
MINUTE, HOUR, DAY = 60, 3600, 86400
RETRY_AFTER_FAILURE = MINUTE
_TRIES = 3


class CacheFailed(Exception):
    """The cache of the limits does not answer, or answers nonsense."""


@dataclass(frozen=True)
class RateLimit:
    """
    At most ``count`` hits per key within any ``seconds``.

    Each hit takes one of ``count`` places in the cache for ``seconds``. Taking a place is
    ``cache.add``, which is atomic on memcached, Redis, local memory and the database cache
    (``incr`` is not, on the last), so the limit also holds in parallel and across servers, and a
    burst at the edge of a window gains nothing. A refused attempt takes no place. With a ``count``
    of 0 every attempt is refused.

    If the cache fails, ``fail="open"`` lets the attempt pass (reading, voting) and
    ``fail="closed"`` refuses it (anything that guesses a secret, as logging in does).
    """

    name: str
    count: int
    seconds: int
    fail: Fail = "open"

    def hit(self, key: object) -> str | None:
        """
        Take a place for ``key`` and return it for ``give_back``; None if the cache failed open.

        Raises ``RateLimited`` with the seconds until the next place is free.
        """
        try:
            place, retry_after = self._take(caches[conf.LIMITS_CACHE], self._places(key))
        except Exception as error:
            # Whatever a cache backend raises, people must be able to read and vote.
            logger.warning("Rate limit %s could not be counted: %r", self.name, error)
            if self.fail == "closed":
                raise RateLimited(
                    _("This is not possible right now. Please try again in a minute."),
                    retry_after=RETRY_AFTER_FAILURE,
                ) from error
            return None
        if place is None:
            raise _too_often(retry_after)
        return place

    def _take(self, cache: BaseCache, places: list[str]) -> tuple[str | None, int]:
        if not places:
            return None, self.seconds
        for _attempt in range(_TRIES):
            taken = cache.get_many(places)
            free = [place for place in places if place not in taken]
            if not free:
                return None, self._wait(taken)
            for place in free:
                if cache.add(place, time.time() + self.seconds, timeout=self.seconds):
                    return place, 0
        raise CacheFailed("add() refuses free places")

    def _wait(self, taken: Mapping[str, float]) -> int:
        wait = math.ceil(min(taken.values()) - time.time())
        return min(max(wait, 1), self.seconds)

    def _places(self, key: object) -> list[str]:
        scope = f"{self.name}:{self.count}:{self.seconds}:{key}"
        digest = salted_hmac("civic_sourcing.limits", scope, algorithm="sha256").hexdigest()[:40]
        return [f"civic:limit:{digest}:{number}" for number in range(self.count)]


def give_back(place: str | None) -> None:
    """Free a place that ``hit`` returned: what it was taken for did not happen."""
    if place is None:
        return
    try:
        caches[conf.LIMITS_CACHE].delete(place)
    except Exception as error:  # as in hit(): a broken cache costs nobody their attempt
        logger.warning("A place of a rate limit could not be given back: %r", error)


def hit_limits(
    name: str, *, actor: object = None, standing: str = "normal", ip: str | None = None
) -> list[str | None]:
    """
    Hit every limit that applies to doing ``name``: those of the actor's ``standing``, those per IP.

    Returns the places for ``give_back``. If one limit refuses, places taken from the others are
    given back, and ``RateLimited`` is raised.
    """
    wanted = [(limit, actor) for limit in limits_for(name, standing)] if actor else []
    wanted += [(limit, ip) for limit in limits_for(name, "ip")] if ip else []
    places: list[str | None] = []
    for limit, key in wanted:
        try:
            places.append(limit.hit(key))
        except RateLimited:
            for place in places:
                give_back(place)
            raise
    return places


def limits_for(name: str, group: str) -> tuple[RateLimit, ...]:
    """
    Return the limits of ``group`` (``"new"``, ``"normal"``, ``"ip"``) for doing ``name``.

    ``CIVIC_SOURCING["LIMITS"]`` replaces a group of the packaged ``data/limits.json`` as a whole;
    an empty list switches it off. Raises ``LookupError`` for a name nobody has limits for.
    """
    given = conf.LIMITS.get(name, {})
    packaged = packaged_limits().get(name)
    if packaged is None and not given:
        raise LookupError(f"No limits for {name!r}; there are: {sorted(packaged_limits())}.")
    groups = {**(packaged or {}), **given}
    fail = groups.get("fail", "open")
    return tuple(RateLimit(f"{name}.{group}", fail=fail, **rule) for rule in groups.get(group, ()))


@remember
def packaged_limits() -> Mapping[str, Mapping[str, Any]]:
    """Return the limits of ``data/limits.json`` by name."""
    text = files("civic_sourcing.core").joinpath("data/limits.json").read_text("utf-8")
    limits: Mapping[str, Mapping[str, Any]] = json.loads(text)["limits"]
    return limits


def client_ip(request: HttpRequest) -> str:
    """
    Return the address of the client for counting: IPv4, or the /64 network of an IPv6 address.

    ``CIVIC_SOURCING["TRUSTED_PROXIES"]`` (default 0) says how many proxies in front append to
    ``X-Forwarded-For``; it is read from the right, so what a client puts there itself is ignored.
    If the header is shorter than that, or nonsense, the address of the connection is used;
    ``"unknown"`` where there is none, as on a Unix socket, which is logged once.
    """
    connection = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = conf.TRUSTED_PROXIES
    if 0 < proxies <= len(forwarded):
        return _network(forwarded[-proxies]) or _network(connection) or "unknown"
    return _network(connection) or _unknown(proxies)


def _unknown(proxies: int) -> str:
    _warn_once(
        f"Visitors have no address of their own (TRUSTED_PROXIES is {proxies}), so limits per "
        "address count them as one. Behind a Unix socket let the proxy append to X-Forwarded-For, "
        "and set TRUSTED_PROXIES to the number of proxies that do."
    )
    return "unknown"


@remember
def _warn_once(sentence: str) -> None:
    logger.warning(sentence)


def _network(address: str) -> str | None:
    address = address.strip().strip('"')
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(ipaddress.ip_network((parsed, 64), strict=False))
        parsed = parsed.ipv4_mapped
    return str(parsed)


def _too_often(seconds: int) -> RateLimited:
    if seconds < MINUTE:
        return RateLimited(retry_after=seconds)
    if seconds < HOUR:
        sentence = ngettext_lazy(
            "That was too often. Please try again in %(minutes)d minute.",
            "That was too often. Please try again in %(minutes)d minutes.",
            "minutes",
        )
        return RateLimited(sentence, retry_after=seconds, minutes=math.ceil(seconds / MINUTE))
    sentence = ngettext_lazy(
        "That was too often. Please try again in %(hours)d hour.",
        "That was too often. Please try again in %(hours)d hours.",
        "hours",
    )
    return RateLimited(sentence, retry_after=seconds, hours=math.ceil(seconds / HOUR))
