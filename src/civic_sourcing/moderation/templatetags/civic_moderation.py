"""What pages of other rooms show of moderation: the way to report something."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.participants.models import Participant

register = template.Library()


@register.inclusion_tag("civic_sourcing/moderation/includes/report_link.html", takes_context=True)
def report_link(context: Any, subject: Contribution | Participant) -> dict[str, str]:
    """
    Link to the form on which ``subject`` is reported; nothing on one's own, or on what is no more.

    ``subject`` is a contribution (with its author, to spare a query for each) or a participant.
    """
    user = getattr(context.get("request"), "user", None)
    if subject is None or subject.pk is None or _is_ones_own(subject, user):
        return {"url": ""}
    if isinstance(subject, Participant):
        url = reverse("civic_moderation:new_report_about_person", args=[subject.uuid])
        return {"url": url, "name": _("Report: %(title)s") % {"title": subject.public_name}}
    if not subject.is_public:
        return {"url": ""}
    return {
        "url": reverse("civic_moderation:new_report", args=[subject.uuid]),
        "name": _("Report: %(title)s") % {"title": _name_of(subject)},
    }


def _name_of(contribution: Contribution) -> str:
    return contribution.title or str(contribution.kind_of.label)


def _is_ones_own(subject: Contribution | Participant, user: Any) -> bool:
    person = subject if isinstance(subject, Participant) else subject.author
    return (
        person is not None
        and user is not None
        and user.is_authenticated
        and person.user_id == user.pk
    )
