"""The documents of a challenge, with kind and size, for whoever may open their collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat


@dataclass(frozen=True)
class Attachment:
    """One document; ``kind`` is its ending in capitals, ``size`` is in words."""

    title: str
    url: str
    kind: str
    size: str


def attachments_of(page: Any, request: HttpRequest) -> list[Attachment]:
    """
    In the order of the page, without those of collections that ``request`` may not open: their
    titles alone could tell something. Nothing is asked where there are none.
    """
    documents = [block.value for block in page.attachments if block.value]
    open_to = {
        collection.pk: all(
            each.accept_request(request) for each in collection.get_view_restrictions()
        )
        for collection in {document.collection for document in documents}
    }
    return [
        Attachment(
            title=document.title,
            url=document.url,
            kind=document.file_extension.upper(),
            size=filesizeformat(document.get_file_size() or 0),
        )
        for document in documents
        if open_to[document.collection_id]
    ]


def _lets_in(collection: Any, request: HttpRequest) -> bool:
    return all(each.accept_request(request) for each in collection.get_view_restrictions())
