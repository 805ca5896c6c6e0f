from typing import Any

from django.core.management.base import BaseCommand

from civic_sourcing.moderation.netiquette import load_rules


class Command(BaseCommand):
    help = (
        "Makes the netiquette rules that come with the package, in the site's languages. What is "
        "there already stays as it is, so it can be run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_rules()
        self.stdout.write(f"{len(made)} netiquette rules made.")
