"""``python -m civic_sourcing.budgets.counting FILE.pb``: count an election on the command line."""

import argparse
import os
import sys
from collections.abc import Sequence

from .amounts import Amount, parse_amount
from .count import AUTO, count
from .errors import PabulibError, printable
from .pabulib import read_pabulib
from .report import as_json, as_table
from .rules import RULES

UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Count the file named in ``arguments`` (default: those of the process) and print the result.

    Returns 0, or 2 with one line on standard error if the file cannot be read or does not say how
    it wants to be counted. Warnings go to standard error, too.
    """
    options = _parser().parse_args(arguments)
    file = printable(options.file)
    try:
        election = read_pabulib(options.file)
        result = count(election, options.rule, options.threshold)
    except PabulibError as error:
        return _refuse(f"{file}: {error}")
    except OSError as error:
        return _refuse(f"{file}: {error.strerror or error}")
    except ValueError as error:
        return _refuse(f"{file}: {error}")
    for finding in (*election.warnings, *result.remarks):
        print(f"{file}: {finding} (warning)", file=sys.stderr)
    print(as_json(result) if options.json else as_table(result, election))
    return 0


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m civic_sourcing.budgets.counting",
        description="Count a participatory budget from its ballots.",
    )
    parser.add_argument("file", metavar="FILE.pb", help="election in the .pb format of Pabulib")
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
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


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
