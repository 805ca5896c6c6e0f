"""A thread in a browser without scripts: signed in, asked for, taken apart."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from civic_sourcing.comments.models import Thread

HTMX = {"HTTP_HX_REQUEST": "true"}


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def path(name, thread_or_comment):
    key = getattr(thread_or_comment, "uuid", None)
    if isinstance(thread_or_comment, Thread):
        key = thread_or_comment.contribution.uuid
    return reverse(f"civic_comments:{name}", args=[key])


def shown_comments(response):
    return [each.select_one(".civic-prose").text.strip() for each in comments_in(response)]


def comments_in(response):
    return [each for each in soup(response).select(".civic-comment") if each.select(".civic-prose")]
