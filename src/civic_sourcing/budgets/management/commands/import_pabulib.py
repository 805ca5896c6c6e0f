from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

import swapper
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from civic_sourcing.budgets.actions import ImportElection
from civic_sourcing.budgets.counting import PabulibError, announced_rule
from civic_sourcing.budgets.counting.ballots import Progress
from civic_sourcing.budgets.findings import sentence
from civic_sourcing.budgets.models import BudgetVotePage
from civic_sourcing.budgets.published import PublishedElection
from civic_sourcing.budgets.rules import Rule
from civic_sourcing.budgets.voters_told import COLUMNS, MOST_YEARS, WARNING, YEARS
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money
from civic_sourcing.processes.models import Mandate


class Command(BaseCommand):
    """
    Turn a published election in .pb format into a budget vote with projects, ballots and count.

    All or nothing. A broken file is answered with one sentence naming line and field, exit code 1.
    """

    help = "Import a published election (.pb file) as a budget vote below a page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the .pb file")
        parser.add_argument("--parent", type=int, required=True, help="id of the page above")
        parser.add_argument("--locale", default="", help="language; default: that of the parent")
        parser.add_argument("--title", default="", help="title; default: the file's description")
        parser.add_argument("--slug", default="", help="last part of the address")
        parser.add_argument(
            "--source", default="", help="where the figures come from, as a citation"
        )
        parser.add_argument(
            "--currency", default="", help="ISO 4217 code, for a file that names none"
        )
        parser.add_argument(
            "--mandate",
            choices=Mandate.values,
            default=Mandate.BINDING,
            help="what the vote was worth (default: binding)",
        )
        parser.add_argument(
            "--tell-voters",
            nargs="+",
            choices=COLUMNS,
            default=[],
            help="publish these of each ballot's voter, if at least ten have all in common",
        )
        parser.add_argument(
            "--age-years", type=_years, default=YEARS, help="ages in steps of so many years"
        )
        parser.add_argument(
            "--despite-warning", action="store_true", help="you have read what telling them means"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            published = _read(options, self._progress(_("read")))
            parent = _parent(options["parent"], options["locale"])
            published.check()
            self._report(published, parent)
            if published.voters:
                self.stderr.write(self.style.WARNING(str(WARNING)))
            if options["dry_run"]:
                self.stdout.write(_("Nothing was stored, as asked."))
                return
            _refuse_undecided(published, options)
            told = self._progress(_("stored"))
            vote = ImportElection(parent, by=None, published=published, progress=told).execute()
        except (PabulibError, ActionRefused) as error:
            raise CommandError(_sentence(error)) from None
        self._report_outcome(vote)

    def _progress(self, word: str) -> Progress | None:
        """Tell how far it is, where somebody watches; a line that is written over."""
        if not self.stderr.isatty():
            return None

        def tell(done: int, whole: int) -> None:
            end = "" if done < whole else "\n"
            line = f"\r{word} {done * 100 // (whole or 1)} %"
            self.stderr.write(line, style_func=str, ending=end)
            self.stderr.flush()

        return tell

    def _report(self, published: PublishedElection, parent: Any) -> None:
        election = published.election
        period = published.voting(before=clock.now())
        self.stdout.write(
            _("“%(title)s” below “%(parent)s” (%(language)s)")
            % {
                "title": published.title,
                "parent": parent.title,
                "language": parent.locale.language_code,
            }
        )
        for label, value in (
            (_("money"), format_money(published.minor_units(election.budget), published.currency)),
            (_("projects"), len(election.projects)),
            (_("ballots"), f"{election.ballot_count} ({election.vote_type})"),
            (_("rule"), Rule(published.rule).value),
            (_("threshold"), election.threshold or _("none")),
            (_("voting"), _written(period)),
        ):
            self.stdout.write(f"  {label}: {value}")
        for remark in (*election.warnings, *announced_rule(election)[1]):
            self.stderr.write(self.style.WARNING(sentence(remark)))

    def _report_outcome(self, vote: BudgetVotePage) -> None:
        document = vote.latest_count.document if vote.latest_count else {}
        self.stdout.write(
            self.style.SUCCESS(
                _("Imported as page %(id)d, %(url)s: %(funded)d of %(projects)d projects funded.")
                % {
                    "id": vote.pk,
                    "url": vote.get_url() or vote.url_path,
                    "funded": len(document["selected"]),
                    "projects": len(document["steps"]),
                }
            )
        )


def _read(options: dict[str, Any], progress: Progress | None) -> PublishedElection:
    try:
        return PublishedElection.read(
            options["file"],
            tell=sorted(set(options["tell_voters"])),
            years=options["age_years"],
            progress=progress,
            title_given=options["title"],
            slug=options["slug"],
            source=options["source"],
            currency_given=options["currency"],
            mandate=options["mandate"],
        )
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": options["file"], "reason": error.strerror}
        ) from None


def _refuse_undecided(published: PublishedElection, options: dict[str, Any]) -> None:
    if published.voters and not options["despite_warning"]:
        raise CommandError(
            _("Nothing was stored. If that is what you want, add --despite-warning.")
        )


def _years(typed: str) -> int:
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= MOST_YEARS:
        return int(typed)
    raise ArgumentTypeError(_("a whole number from 1 to %(most)d") % {"most": MOST_YEARS})


def _parent(pk: int, language_code: str) -> Any:
    """Return the page with that id, or its translation where another language is asked for."""
    page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=pk).first()
    if page is None:
        raise CommandError(_("There is no page with the id %(id)d.") % {"id": pk})
    page = page.specific
    if not language_code or page.locale.language_code == language_code:
        return page
    translated = page.get_translations().filter(locale__language_code=language_code).first()
    if translated is None:
        raise CommandError(
            _("The page “%(page)s” is not translated into “%(language)s”.")
            % {"page": page.title, "language": language_code}
        )
    return translated.specific


def _sentence(error: PabulibError | ActionRefused) -> str:
    return sentence(error) if isinstance(error, PabulibError) else error.message


def _written(period: Any) -> str:
    if period is None:
        return _("dates cannot be read")
    return f"{period.opens_at:%Y-%m-%d %H:%M} – {period.closes_at:%Y-%m-%d %H:%M}"
