"""A project on its way in, from whatever source: what its page says and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from civic_sourcing.budgets.projects.facts import Facts


@dataclass(frozen=True)
class NewProject:
    """
    What ``AddProjects`` makes a page of. Texts are plain and normalised; empty ones are left out.

    ``origins`` are contributions it was made of, ``language`` the code its texts are written in
    (empty: that of the page above).
    """

    title: str
    facts: Facts
    language: str = ""
    description: str = ""
    opinion: str = ""
    place: str = ""
    target: str = ""
    category_text: str = ""
    origins: tuple[UUID, ...] = ()
