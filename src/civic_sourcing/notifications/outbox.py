"""
The door for other rooms: tell people something, in the transaction of what it tells of.

Nothing is sent here. Rows are written, and if the transaction is rolled back nobody hears of it;
after commit a task worker is woken, or the next ``civic_tick`` sends.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac

from civic_sourcing.core import clock
from civic_sourcing.core.tasks import hand_to_worker
from civic_sourcing.notifications.categories import Category, Choice, Mail, get_category
from civic_sourcing.notifications.models import Digest, Notification, OutboxMessage, Preference
from civic_sourcing.notifications.recipients import address_of, languages_of, spoken
from civic_sourcing.notifications.tasks import WAKING_KEY, deliver_outbox
from civic_sourcing.notifications.texts import (
    SUBJECT_LENGTH,
    Words,
    address_text,
    body_text,
    subject_line,
)

BATCH = 500
LEAST_OF_TITLE = 20
WAKING_SECONDS = 10


def notify(
    users: Iterable[Any],
    *,
    category: str,
    subject: Words,
    body: Words = "",
    url: Words = "",
    about: UUID | str | None = None,
    dedupe: str | None = None,
) -> int:
    """
    Tell ``users`` something, each once and in their language. Return how many are told.

    ``subject``, ``body`` and ``url`` are texts, lazy translations (``reverse_lazy`` too) or
    functions of the user, all read with the person's language switched on; ``filled`` puts values
    into a sentence at that time. ``url`` is a path of this site. ``about`` is the UUID of what it
    tells of, so that it can be withdrawn. A second call with the same ``category`` and ``dedupe``
    tells only those who have not been told.

    ``None``, inactive users and those who want to hear nothing of the category are passed over. For
    any number of people up to 500 it costs the same number of queries. Raises ``LookupError`` for
    an unknown category and ``ValueError`` for an empty subject or an address elsewhere.
    """
    kind = get_category(category)
    words = {"subject": subject, "body": body, "url": url}
    people = {user.pk: user for user in users if user is not None and user.is_active}
    waiting = iter(sorted(people.values(), key=lambda user: user.pk))
    told = 0
    with transaction.atomic(savepoint=False):
        while batch := list(islice(waiting, BATCH)):
            told += _tell(batch, kind, words, about, dedupe)
    return told


def send_mail_to(
    address: str,
    *,
    category: str,
    subject: Words,
    body: Words,
    url: Words = "",
    language: str | None = None,
    about: UUID | str | None = None,
    dedupe: str | None = None,
) -> bool:
    """
    Write one mail to somebody without an account. ``False`` if ``dedupe`` was used for it before.

    The address and the words are wiped once the mail is sent, given up or withdrawn. Functions
    among the words receive ``None``. Raises ``ValidationError`` for what is not an address.
    """
    message = message_to(
        address, category=category, subject=subject, body=body, url=url, language=language
    )
    message.about = about
    kind = get_category(category)
    message.dedupe = _fingerprint(kind, dedupe, address.casefold())
    message.created_at = message.due_at = clock.now()
    with transaction.atomic():
        OutboxMessage.objects.bulk_create([message], ignore_conflicts=dedupe is not None)
        written = OutboxMessage.objects.filter(uuid=message.uuid).exists()
        if written:
            transaction.on_commit(wake_worker, robust=True)
    return written


def message_to(
    address: str, *, category: str, subject: Words, body: Words, url: Words, language: str | None
) -> OutboxMessage:
    """
    Return the unsaved row of one mail to an address, in words of ``language``.

    Raises ``ValidationError`` for what is not an address.
    """
    validate_email(address)
    language = spoken(language)
    with translation.override(language):
        return OutboxMessage(
            address=address,
            category=get_category(category).key,
            language=language,
            subject=subject_line(subject, None),
            text=body_text(body, None),
            url=address_text(url, None),
        )


def withdraw(about: UUID | str) -> int:
    """
    Take back whatever tells of ``about``: out of every inbox, digest and waiting mail.

    For what is erased, or must no longer be shown. Return how many notifications are gone.
    """
    with transaction.atomic():
        OutboxMessage.objects.unfinished().filter(about=about).close(OutboxMessage.State.DROPPED)
        return Notification.objects.about(about).delete()[0]


def reword(abouts: Iterable[UUID | str], before: str, after: str) -> int:
    """
    Say ``after`` for ``before`` in whatever was written about one of ``abouts`` and is still here.

    For titles that must not be read any more. A subject that had cut ``before`` off is cut where it
    began. Return how many notifications and waiting mails changed; mails sent are out of reach.
    """
    waiting, changed = iter(abouts), 0
    while batch := list(islice(waiting, BATCH)):
        mails = OutboxMessage.objects.unfinished().filter(about__in=batch)
        changed += _reword(Notification.objects.filter(about__in=batch), "body", before, after)
        changed += _reword(mails, "text", before, after)
    return changed


def _reword(rows: Any, text: str, before: str, after: str) -> int:
    """Put ``after`` for ``before`` into the subject and ``text`` of ``rows``; how many changed."""
    changed = 0
    for row in rows.select_for_update(of=("self",)):
        was = (row.subject, getattr(row, text))
        row.subject = _reworded(row.subject, before, after)[:SUBJECT_LENGTH]
        setattr(row, text, _reworded(was[1], before, after))
        if (row.subject, getattr(row, text)) != was:
            row.save(update_fields=["subject", text])
            changed += 1
    return changed


def _reworded(words: str, before: str, after: str) -> str:
    whole = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
    if whole.search(words):
        return whole.sub(lambda _found: after, words)
    begins = words.find(before[:LEAST_OF_TITLE]) if len(before) > LEAST_OF_TITLE else -1
    return f"{words[:begins]}{after}" if begins >= 0 else words


def wake_worker() -> None:
    """Have a worker look into the outbox, unless one has just been asked to."""
    if cache.add(WAKING_KEY, True, WAKING_SECONDS):
        hand_to_worker(deliver_outbox)


def _tell(
    users: list[Any],
    kind: Category,
    words: dict[str, Words],
    about: UUID | str | None,
    dedupe: str | None,
) -> int:
    """Write the rows for one batch; who was told before keeps the row there is."""
    choices = Preference.objects.choices_for(kind, users)
    languages = languages_of(users)
    at = clock.now()
    rows = []
    for user in users:
        row = _notification(user, choices[user.pk], languages[user.pk], words)
        if row is not None:
            row.category, row.about, row.created_at = kind.key, about, at
            row.dedupe = _fingerprint(kind, dedupe, str(user.pk))
            rows.append(row)
    messages = [row.message for row in rows if row.message is not None]
    for message in messages:
        message.category, message.created_at, message.due_at = kind.key, at, at
    OutboxMessage.objects.bulk_create(messages)
    Notification.objects.bulk_create(rows, ignore_conflicts=dedupe is not None)
    told = len(rows)
    if dedupe is not None:
        told = _take_back_repetitions(rows, messages)
    if messages:
        transaction.on_commit(wake_worker, robust=True)
    return told


def _notification(
    user: Any, choice: Choice, language: str, words: dict[str, Words]
) -> Notification | None:
    mail = choice.mail if address_of(user) else Mail.NEVER
    if not choice.in_app and mail == Mail.NEVER:
        return None
    with translation.override(language):
        return Notification(
            user=user,
            language=language,
            subject=subject_line(words["subject"], user),
            body=body_text(words["body"], user),
            url=address_text(words["url"], user),
            in_app=choice.in_app,
            waits_for=mail if mail in Digest.values else "",
            message=OutboxMessage(user=user, language=language) if mail == Mail.NOW else None,
        )


def _take_back_repetitions(rows: list[Notification], messages: list[OutboxMessage]) -> int:
    """Delete the mails of rows that were not written. Return how many rows were."""
    keys = [message.pk for message in messages]
    OutboxMessage.objects.filter(pk__in=keys, notifications=None).delete()
    return Notification.objects.filter(uuid__in=[row.uuid for row in rows]).count()


def _fingerprint(kind: Category, dedupe: str | None, recipient: str) -> str | None:
    """Return what no second row for this person may have; it tells nothing of the person."""
    if dedupe is None:
        return None
    content = "\n".join([kind.key, dedupe, recipient])
    return salted_hmac("civic_notifications.dedupe", content, algorithm="sha256").hexdigest()
