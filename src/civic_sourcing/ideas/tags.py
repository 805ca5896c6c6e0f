"""Words people file ideas under: short, in small letters, without what nobody sees."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.core.text import TextRefused, single_line
from civic_sourcing.ideas.conf import conf

TAG_COLUMN = 100
WORDS_READ = 100
"""Words looked at; what follows is left out, for it can only be too many."""


OTHER_TAGS = _("Please choose among the tags that are offered here.")


def normalise_tag(text: str) -> str:
    """
    Return one tag as it is stored, without a leading ``#`` and in small letters; empty for nothing.

    Raises ``TextRefused`` if it is too long.
    """
    try:
        tag = single_line(
            text.strip().lstrip("#"), max_length=TAG_COLUMN, max_graphemes=conf.IDEA_TAG_LENGTH
        )
    except TextRefused as refused:
        if refused.code == "blank":
            return ""
        raise
    return tag.lower()[:TAG_COLUMN]


def read_tags(text: str, *, most: int | None = None) -> list[str]:
    """
    Read what somebody typed, separated by commas of any script, into tags without doubles.

    At most ``most``, or as many as an idea may have. Raises ``ValidationError`` for too many
    (``"too-many-tags"``) or too long a tag (``"tag-too-long"``).
    """
    words = text.translate(COMMAS).split(",")
    try:
        tags = [tag for tag in map(normalise_tag, words[:WORDS_READ]) if tag]
    except TextRefused as refused:
        raise ValidationError(
            ngettext_lazy(
                "A tag may have at most %(limit)d character.",
                "A tag may have at most %(limit)d characters.",
                "limit",
            ),
            code="tag-too-long",
            params={"limit": conf.IDEA_TAG_LENGTH},
        ) from refused
    tags = list(dict.fromkeys(tags))
    most = conf.IDEA_TAGS if most is None else most
    if len(tags) > most:
        raise ValidationError(
            _("These are %(count)d tags; at most %(limit)d are possible."),
            code="too-many-tags",
            params={"count": len(tags), "limit": most},
        )
    return tags


def tag(idea: Any, names: Iterable[str]) -> None:
    """
    Put a new ``idea``, saved already, under ``names``, as ``normalise_tag`` returns them.

    In a fixed order, so that two forums making the same new tags cannot wait for each other.
    """
    wanted = sorted(set(names))
    if not wanted:
        return
    through = type(idea).tags.through
    model = through._meta.get_field("tag").related_model
    known = model.objects.in_bulk(wanted, field_name="name")
    new = [model(name=name, slug=_slug(name)) for name in wanted if name not in known]
    if new:
        model.objects.bulk_create(new, ignore_conflicts=True)
        known = model.objects.in_bulk(wanted, field_name="name")
    through.objects.bulk_create(
        [through(tag=known[name], content_object=idea) for name in wanted if name in known]
    )


def tags_of(ideas: Iterable[Any]) -> dict[int, list[str]]:
    """The tags of ``ideas``, in the order of the alphabet, by their keys; a query for each type."""
    by_type: dict[Any, list[int]] = defaultdict(list)
    for idea in ideas:
        by_type[type(idea)].append(idea.pk)
    found: dict[int, list[str]] = defaultdict(list)
    for model, keys in by_type.items():
        rows = model.tags.through.objects.filter(content_object__in=keys).order_by("tag__name")
        for key, name in rows.values_list("content_object", "tag__name"):
            found[key].append(name)
    return found


def _slug(name: str) -> str:
    """Readable and one for each name, without looking which there are."""
    words = slugify(name, allow_unicode=True)[:60]
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{words}-{digest}" if words != name else words


COMMAS = str.maketrans(dict.fromkeys("，、،;；\n", ","))
