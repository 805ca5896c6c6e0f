import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from civic_sourcing.core.audit import AuditChain, Report, compare_heads, undisclosed, verify

STEP = 10
"""What was checked is published in tens: roll and log of an open vote are part of it."""


class Command(BaseCommand):
    """
    Verify the audit log and whatever other rooms registered. Read-only; exits with 1 on findings.

    With ``--json`` the output holds the head of every chain. Publish it elsewhere and give it back
    with ``--against``: then a chain rewritten as a whole is found too. It tells no number that is
    nobody's business yet: no length of the chain of an open vote, and what was checked in tens.
    """

    help = "Find changed, missing or inserted records. Exits with 1 if there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", type=UUID, help="verify this audit chain only")
        parser.add_argument("--against", type=Path, help="output of an earlier --json run")
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, **options: Any) -> None:
        using, chain = options["database"], options["chain"]
        reports = verify(chain=chain, using=using)
        if options["against"]:
            reports.append(_against(options["against"], using))
        found = sum(report.found for report in reports)
        if options["json"]:
            document = {"ok": not found, "reports": list(map(_published, reports))}
            document["heads"] = _heads(using, chain)
            self.stdout.write(json.dumps(document, indent=2))
        else:
            self._print(reports)
        if found:
            raise CommandError(f"{found} finding(s): the records are not as they were written.")

    def _print(self, reports: list[Report]) -> None:
        for report in reports:
            pace = f"{report.checked / max(report.seconds, 1e-6):,.0f}/s"
            self.stdout.write(f"{report.name}: {report.checked:,} checked ({pace})")
            for finding in report.findings:
                place = " ".join(map(str, filter(None, [finding.place, finding.sequence])))
                self.stdout.write(self.style.ERROR(f"  {finding.code} {place}: {finding.message}"))
            if report.found > len(report.findings):
                self.stdout.write(f"  and {report.found - len(report.findings):,} more")
        if not any(report.found for report in reports):
            self.stdout.write(self.style.SUCCESS("Nothing was changed, removed or inserted."))


def _against(path: Path, using: str) -> Report:
    began = perf_counter()
    try:
        heads = json.loads(path.read_text(encoding="utf-8"))["heads"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is not the output of civic_verify --json: {error}") from error
    findings = list(compare_heads(heads, using))
    seconds = perf_counter() - began
    return Report("published heads", len(heads), seconds, len(findings), findings)


def _published(report: Report) -> dict[str, Any]:
    return {**asdict(report), "checked": report.checked // STEP * STEP}


def _heads(using: str, chain: UUID | None) -> dict[str, dict[str, Any]]:
    chains = AuditChain.objects.using(using).order_by("uuid")
    if chain:
        chains = chains.filter(uuid=chain)
    hidden = undisclosed(using)
    return {
        str(head.uuid): {"head": head.head}
        if head.uuid in hidden
        else {"length": head.length, "head": head.head}
        for head in chains
    }
