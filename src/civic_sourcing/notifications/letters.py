"""What a mail looks like: the person's language, plain text and HTML, and why one gets it."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from wagtail.models import Site

from civic_sourcing.notifications.categories import Choice, Mail, find_category
from civic_sourcing.notifications.conf import conf
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.notifications.recipients import address_of
from civic_sourcing.notifications.texts import SUBJECT_LENGTH, cut
from civic_sourcing.notifications.unsubscribing import Scope

FOLDER = "civic_sourcing/notifications/mail"
MOST_IN_A_DIGEST = 50
"""Notifications spelled out in one mail; the rest is counted, and waits in the inbox."""


@dataclass(frozen=True)
class News:
    """One notification as a mail shows it; ``url`` is absolute."""

    subject: str
    body: str
    url: str
    language: str
    label: str


class Town:
    """Whose mail it is: the name and the address of the site, read once for each mail."""

    @cached_property
    def site(self) -> Site | None:
        return Site.objects.filter(is_default_site=True).first()

    @property
    def name(self) -> str:
        """The name in the active language, as far as the host has translated it."""
        return str(
            getattr(settings, "WAGTAIL_SITE_NAME", "") or getattr(self.site, "site_name", "")
        )

    @cached_property
    def root_url(self) -> str:
        if self.site is not None:
            return str(self.site.root_url)
        return str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).rstrip("/")

    @property
    def host(self) -> str:
        return urlsplit(self.root_url).hostname or "localhost"

    def absolute(self, url: str) -> str:
        return f"{self.root_url}{url}" if url.startswith("/") else url


class Letter(EmailMultiAlternatives):
    """One mail to one address."""


def write_letter(message: OutboxMessage) -> Letter | None:
    """
    Return ``message`` ready to be sent, or ``None`` where nobody wants it any more.

    That is so for an account that is inactive or has no address, for a category whose mail was
    turned off meanwhile, for news withdrawn, and in a digest for what has been read.
    """
    town = Town()
    with translation.override(message.language):
        if message.user is None:
            return _to_address(message, town) if message.address else None
        if not message.user.is_active or not address_of(message.user):
            return None
        news = _still_wanted(message)
        if not news:
            return None
        return _to_user(message, news, town)


def _to_address(message: OutboxMessage, town: Town) -> Letter:
    news = News(
        message.subject, message.text, town.absolute(message.url), message.language, label=""
    )
    context = {"subject": message.subject, "news": news, "why": "address"}
    return _letter(message, message.address, "message", context, town)


def _to_user(message: OutboxMessage, rows: list[Notification], town: Town) -> Letter:
    address = address_of(message.user)
    scope = Scope(message.user_id, category=message.category, digest=message.digest)
    context = _ways_out(scope, town)
    if not message.digest:
        context |= {"subject": rows[0].subject, "news": _news(rows[0], town)}
        return _letter(message, address, "message", context, town)
    shown = rows[:MOST_IN_A_DIGEST]
    context |= {
        "subject": _digest_subject(rows, town),
        "digest": message.digest,
        "every_news": sorted((_news(row, town) for row in shown), key=attrgetter("label")),
        "more": len(rows) - len(shown),
        "inbox_url": town.absolute(reverse("civic_notifications:inbox")),
    }
    return _letter(message, address, "digest", context, town)


def _letter(
    message: OutboxMessage, address: str, template: str, context: dict[str, Any], town: Town
) -> Letter:
    context |= {"town": town, "language": message.language}
    letter = Letter(
        subject=cut(" ".join(context["subject"].split()), SUBJECT_LENGTH),
        body=render_to_string(f"{FOLDER}/{template}.txt", context).strip() + "\n",
        from_email=conf.MAIL_FROM or None,
        to=[address],
        headers=_headers(message, context, town),
    )
    letter.attach_alternative(render_to_string(f"{FOLDER}/{template}.html", context), "text/html")
    return letter


def _headers(message: OutboxMessage, context: dict[str, Any], town: Town) -> dict[str, str]:
    """The Message-ID is the row's, so that a mail sent twice after a crash is known as one."""
    headers = {
        "Message-ID": f"<{message.uuid}@{town.host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if url := context.get("unsubscribe_url"):
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _ways_out(scope: Scope, town: Town) -> dict[str, Any]:
    """Why this mail comes, and how to have no more of them."""
    category = find_category(scope.category)
    settings_url = town.absolute(reverse("civic_notifications:settings"))
    if scope.digest:
        why = "digest"
    elif category is None or not category.can_turn_off:
        return {"why": "always", "category": category, "settings_url": settings_url}
    else:
        why = "category"
    unsubscribe = reverse("civic_notifications:unsubscribe", args=[scope.token()])
    return {
        "why": why,
        "category": category,
        "settings_url": settings_url,
        "unsubscribe_url": town.absolute(unsubscribe),
    }


def _still_wanted(message: OutboxMessage) -> list[Notification]:
    rows = list(message.notifications.order_by("created_at", "pk"))
    choices = Preference.objects.choices_of(message.user) if rows else {}
    wanted = [row for row in rows if _wants_mail(choices.get(row.category))]
    if message.digest:
        wanted = [row for row in wanted if not (row.in_app and row.read_at)]
    return wanted


def _wants_mail(choice: Choice | None) -> bool:
    return choice is None or choice.mail != Mail.NEVER


def _news(row: Notification, town: Town) -> News:
    label = str(row.kind.label) if row.kind else ""
    return News(row.subject, row.body, town.absolute(row.url), row.language, label)


def _digest_subject(rows: list[Notification], town: Town) -> str:
    return ngettext(
        "%(town)s: %(count)d notification", "%(town)s: %(count)d notifications", len(rows)
    ) % {"town": town.name, "count": len(rows)}
