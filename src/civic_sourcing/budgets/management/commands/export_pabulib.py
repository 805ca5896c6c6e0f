from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import swapper
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from civic_sourcing.budgets.exports.elections import export_of
from civic_sourcing.budgets.models import BudgetVoteMixin, CountResult


class Command(BaseCommand):
    """
    Write the ballots of a published count in .pb format, to a file or to standard output.

    Nothing is written of a vote whose count is not published. Age and sex of voters are written
    only if whoever imported the vote has decided that they are told.
    """

    help = "Export a counted budget vote as a .pb file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("page", type=int, help="id of the vote's page")
        parser.add_argument("--output", type=Path, help="file to write; default: standard output")
        parser.add_argument("--count", type=int, help="number of the count; default: the latest")

    def handle(self, *args: Any, **options: Any) -> None:
        page = _vote(options["page"])
        text = export_of(page, _count(page, options["count"])).text()
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            options["output"].write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s.")
                % {"file": options["output"], "reason": error.strerror}
            ) from None


def _vote(pk: int) -> Any:
    page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=pk).first()
    vote = page and page.specific
    if not isinstance(vote, BudgetVoteMixin) or vote.process_id is None:
        raise CommandError(_("There is no budget vote with the page id %(id)d.") % {"id": pk})
    return vote


def _count(page: Any, version: int | None) -> CountResult:
    counts = CountResult.objects.of(page.process).released()
    count = (counts if version is None else counts.filter(version=version)).first()
    if count is None:
        raise CommandError(_("This vote has no such count that is published."))
    return count
