"""``python -m civic_sourcing.budgets.counting FILE.pb``: count an election on the command line."""

import argparse
import os
import sys
from collections.abc import Sequence

from .amounts import Amount, parse_amount
from .ballots import Progress
from .compare import EQUAL_SHARES, compare_rules
from .count import AUTO, count
from .errors import Finding, PabulibError, printable, shown
from .explaining import explained
from .model import Election
from .pabulib import read_pabulib
from .plan import COMPLETIONS, UTILITIES
from .report import as_json, as_table, comparison_json, comparison_table, reason_json
from .rules import RULES
from .ties import Tie, tie_rule

UNREADABLE = 2
_BIG = 20_000_000  # bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Count the file named in ``arguments`` (default: those of the process) and print the result.

    Returns 0, or 2 with one line on standard error if the file cannot be read, does not say how
    it wants to be counted, or has no project of the name that is to be explained. Warnings go to
    standard error, too.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.tie == Tie.LOT and not options.seed.strip():
        parser.error("--tie lot needs --seed, the text the draw is made from")
    if options.rule != EQUAL_SHARES and (options.utility or options.completion):
        parser.error(f"--utility and --completion are for --rule {EQUAL_SHARES}")
    file = printable(options.file)
    try:
        election = read_pabulib(options.file, progress=_progress())
        findings, answer = _answer(election, options)
    except PabulibError as error:
        return _refuse(f"{file}: {error}")
    except OSError as error:
        return _refuse(f"{file}: {error.strerror or error}")
    except ValueError as error:
        return _refuse(f"{file}: {error}")
    for finding in (*election.warnings, *findings):
        print(f"{file}: {finding} (warning)", file=sys.stderr)
    print(answer)
    return 0


def _answer(election: Election, options: argparse.Namespace) -> tuple[Sequence[Finding], str]:
    """What had to be assumed, and what is printed."""
    if options.compare:
        tie = tie_rule(options.tie, options.seed)
        compared = compare_rules(election, threshold=options.threshold, tie=tie)
        return (), (comparison_json if options.json else comparison_table)(compared, election)
    result = count(
        election,
        options.rule,
        options.threshold,
        tie=options.tie,
        seed=options.seed,
        utility=options.utility,
        completion=options.completion,
    )
    if options.explain is None:
        return result.remarks, as_json(result) if options.json else as_table(result, election)
    if result.step_of(options.explain) is None:
        raise ValueError(f"there is no project {shown(options.explain)}")
    if options.json:
        return result.remarks, reason_json(result, options.explain)
    return result.remarks, f"{printable(options.explain)}: {explained(result, options.explain)}"


def _progress() -> Progress | None:
    """On a terminal, tell of a big file how much of it is read."""
    if not sys.stderr.isatty():
        return None

    def tell(read: int, size: int) -> None:
        if size > _BIG:
            end = "\n" if read == size else ""
            print(f"\rread {read * 100 // size} %", end=end, file=sys.stderr, flush=True)

    return tell


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m civic_sourcing.budgets.counting",
        description="Count a participatory budget from its ballots.",
    )
    parser.add_argument("file", metavar="FILE.pb", help="election in the .pb format of Pabulib")
    _add_rules(parser)
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--explain", metavar="ID", help="print only why this project was funded or not"
    )
    instead.add_argument(
        "--compare", action="store_true", help="print what every rule makes of these ballots"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rule",
        choices=(AUTO, *RULES),
        default=AUTO,
        help="how the money is given out (auto, the default: as the file says)",
    )
    parser.add_argument(
        "--threshold",
        type=_threshold,
        metavar="N",
        help="points a project needs at least (default: as the file says, 0 if it says nothing)",
    )
    parser.add_argument(
        "--utility",
        choices=UTILITIES,
        default="",
        help="Equal Shares: what a funded project is worth to its supporters (default: cost)",
    )
    parser.add_argument(
        "--completion",
        choices=COMPLETIONS,
        default="",
        help="Equal Shares: how money left over is given out (default: none)",
    )
    parser.add_argument(
        "--tie",
        choices=tuple(map(str, Tie)),
        default=str(Tie.ORDER),
        help="which of two equal projects goes first (default: the one that is first in the file)",
    )
    parser.add_argument(
        "--seed", default="", metavar="TEXT", help="the text --tie lot draws from, announced before"
    )


def _threshold(text: str) -> Amount:
    try:
        return parse_amount(text)
    except ValueError:
        message = f"expected a number of at least 0, such as 50, not {text!r}"
        raise argparse.ArgumentTypeError(message) from None


def _run() -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(_run())
