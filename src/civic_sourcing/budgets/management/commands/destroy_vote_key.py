from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from civic_sourcing.budgets.actions.casting import DestroyKey
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.exceptions import ActionRefused


class Command(BaseCommand):
    """Destroy the key that leads from the roll of a counted vote to its ballots; for good."""

    help = "Destroy the key of a counted vote after the objection period. Cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=UUID, help="UUID of the run of the vote")

    def handle(self, *args: Any, **options: Any) -> None:
        run = VoteRun.objects.filter(uuid=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run of a vote {options['run']}.")
        try:
            DestroyKey(run, by=None).execute()
        except ActionRefused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"The key of {run.uuid} is destroyed.")
