"""How often somebody may try a code or a datum."""

from __future__ import annotations

from django.http import HttpRequest

from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.core.limits import client_ip, give_back, hit_limits

CODES = "voting_code_try"
REGISTERS = "register_try"
OBJECTIONS = "objection"


class Tries:
    """
    Count one attempt of this person (or session) and this address; a right answer is given back.

    Raises ``RateLimited``, also where the counting cache does not answer: guessing must not get
    easier when something breaks.
    """

    def __init__(self, request: HttpRequest, name: str = CODES) -> None:
        actor = actor_uuid(request.user) or _session_key(request)
        self.places = hit_limits(name, actor=actor, ip=client_ip(request))

    def was_right(self) -> None:
        """Take the attempt back, so that a town hall's shared address is not used up."""
        for place in self.places:
            give_back(place)


def _session_key(request: HttpRequest) -> str:
    if request.session.session_key is None:
        request.session.create()
    return str(request.session.session_key)
