"""
What people hand in is called an idea, a proposal, a petition or a question: the words of a forum.

Whole sentences for each, because languages bend words differently; a town that wants another word
translates these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from civic_sourcing.ideas.models.rules import ForumRules, Vocabulary
from civic_sourcing.processes.kinds import Label


@dataclass(frozen=True)
class Words:
    """
    ``counted`` is an ``ngettext_lazy`` over ``number``, ``supporters`` a sentence for a number of
    them; everything else stands for itself.
    """

    name: Label
    plural: Label
    propose: Label
    publish: Label
    published: Label
    support: Label
    none_yet: Label
    mine: Label
    supported: Label
    followed: Label
    counted: Any
    supporters: Any

    def number(self, number: int) -> str:
        """“12 petitions”, in the active language."""
        return str(self.counted % {"number": number})

    def supporters_in_words(self, number: int) -> str:
        """“12 people support this idea.”"""
        shown = number_format(number, force_grouping=True)
        return str(self.supporters(number)).replace("%(number)s", shown)

    def support_in_words(self, number: int) -> SafeString:
        """“12 people support this idea.”, the number in bold."""
        shown = format_html("<strong>{}</strong>", number_format(number, force_grouping=True))
        sentence = conditional_escape(self.supporters(number))
        return SafeString(sentence.replace("%(number)s", shown))


WORDS: dict[str, Words] = {
    Vocabulary.IDEA: Words(
        name=pgettext_lazy("vocabulary", "Idea"),
        plural=pgettext_lazy("vocabulary", "Ideas"),
        propose=_("Propose an idea"),
        publish=_("Publish this idea"),
        published=_("Your idea is published."),
        support=_("Support this idea"),
        none_yet=_("No ideas yet"),
        mine=_("You hear this because the idea is yours."),
        supported=_("You hear this because you support this idea."),
        followed=_("You hear this because you follow this idea."),
        counted=ngettext_lazy("%(number)d idea", "%(number)d ideas", "number"),
        supporters=lambda number: ngettext(
            "%(number)s person supports this idea.",
            "%(number)s people support this idea.",
            number,
        ),
    ),
    Vocabulary.PROPOSAL: Words(
        name=pgettext_lazy("vocabulary", "Proposal"),
        plural=pgettext_lazy("vocabulary", "Proposals"),
        propose=_("Make a proposal"),
        publish=_("Publish this proposal"),
        published=_("Your proposal is published."),
        support=_("Support this proposal"),
        none_yet=_("No proposals yet"),
        mine=_("You hear this because the proposal is yours."),
        supported=_("You hear this because you support this proposal."),
        followed=_("You hear this because you follow this proposal."),
        counted=ngettext_lazy("%(number)d proposal", "%(number)d proposals", "number"),
        supporters=lambda number: ngettext(
            "%(number)s person supports this proposal.",
            "%(number)s people support this proposal.",
            number,
        ),
    ),
    Vocabulary.PETITION: Words(
        name=pgettext_lazy("vocabulary", "Petition"),
        plural=pgettext_lazy("vocabulary", "Petitions"),
        propose=_("Start a petition"),
        publish=_("Publish this petition"),
        published=_("Your petition is published."),
        support=_("Sign this petition"),
        none_yet=_("No petitions yet"),
        mine=_("You hear this because the petition is yours."),
        supported=_("You hear this because you signed this petition."),
        followed=_("You hear this because you follow this petition."),
        counted=ngettext_lazy("%(number)d petition", "%(number)d petitions", "number"),
        supporters=lambda number: ngettext(
            "%(number)s person has signed this petition.",
            "%(number)s people have signed this petition.",
            number,
        ),
    ),
    Vocabulary.QUESTION: Words(
        name=pgettext_lazy("vocabulary", "Question"),
        plural=pgettext_lazy("vocabulary", "Questions"),
        propose=_("Ask a question"),
        publish=_("Publish this question"),
        published=_("Your question is published."),
        support=_("I want to know this too"),
        none_yet=_("No questions yet"),
        mine=_("You hear this because the question is yours."),
        supported=_("You hear this because you want to know this too."),
        followed=_("You hear this because you follow this question."),
        counted=ngettext_lazy("%(number)d question", "%(number)d questions", "number"),
        supporters=lambda number: ngettext(
            "%(number)s person wants to know this.",
            "%(number)s people want to know this.",
            number,
        ),
    ),
}


def words_of(process: Any) -> Words:
    """The words of the forum of ``process``; those of ideas for a page without a process yet."""
    if process is None:
        return WORDS[Vocabulary.IDEA]
    return WORDS.get(ForumRules.objects.loaded(process).vocabulary, WORDS[Vocabulary.IDEA])
