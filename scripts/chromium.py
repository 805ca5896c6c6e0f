"""Find the browser the tests drive; install the distribution's where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
"""The first is the same browser without windows, which takes a quarter less time."""
PACKAGES = ("chromium-headless-shell", "chromium")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """The path of a Chromium: ``CHROMIUM``, or the first known name on the path."""
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    found = (shutil.which(name) for name in (*NAMES, *ELSEWHERE, "/usr/bin/chromium"))
    return next(filter(None, found), None)


def install() -> None:
    """Install Debian's package without a question, where this process may and apt-get exists."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("No Chromium found: installing the distribution's package.", flush=True)
    apt("update")
    for package in PACKAGES:
        if apt("-y", "--no-install-recommends", "install", package):
            return


def apt(*arguments: str) -> bool:
    """Whether apt-get did what it was told."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    return run.returncode == 0


def require() -> str:
    """The path of a Chromium, installed if need be; ends the program with one sentence if not."""
    path = find()
    if path is None and not os.environ.get("CHROMIUM"):
        install()
        path = find()
    if path is None:
        given = os.environ.get("CHROMIUM")
        sys.exit(
            f"CHROMIUM={given} is not a program: give the path of a Chromium or Chrome."
            if given
            else "The browser tests need Chromium: install the package chromium "
            "(apt-get install chromium), or give its path in CHROMIUM=."
        )
    return path


def version(path: str) -> str:
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or f"{Path(path).name} (version unknown)"
