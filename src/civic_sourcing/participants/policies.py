"""Two questions about the person: is this yourself, and may you take part just now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from civic_sourcing.core.policies import Occasion, Policy, Refusal
from civic_sourcing.participants.standing import participant_of, suspension_at
from civic_sourcing.processes.policies import written


class InGoodStanding(Policy):
    """
    Refuse who is suspended at ``occasion.at`` (code ``suspended``); the sentence says until when.

    The place is ``occasion.extra["process"]`` or the subject's process; without one only what holds
    for the whole site counts. Asks nothing of somebody signed out: put ``SignedIn()`` before it.
    A page that has looked up who reads it hands them over as ``extra["participant"]``.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is None or not user.is_authenticated:
            return None
        participant = (
            occasion.extra["participant"]
            if "participant" in occasion.extra
            else participant_of(user)
        )
        if participant is None:
            return None
        place = occasion.extra.get("process") or getattr(occasion.subject, "process", None)
        suspension = suspension_at(participant, place, occasion.at)
        if suspension is None:
            return None
        if suspension.until is None:
            sentence = _("You are suspended from taking part. The decision says how to appeal.")
            return Refusal(sentence, "suspended")
        sentence = _(
            "You are suspended from taking part until %(date)s. The decision says how to appeal."
        )
        return Refusal(sentence % {"date": written(suspension.until)}, "suspended")


class Oneself(Policy):
    """Only the person whom the subject (a participant, or something with one) is about."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        subject = occasion.subject
        participant = getattr(subject, "participant", subject)
        user = occasion.user
        if user is not None and user.is_authenticated and participant.user_id == user.pk:
            return None
        return Refusal(_("Only the person concerned can do this."))


class MayChangePeople(Policy):
    """Staff with Wagtail's or Django's permission to change participants."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.has_perm("civic_participants.change_participant"):
            return None
        return Refusal(_("You are not allowed to change what is known of participants."))
