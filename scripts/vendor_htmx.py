"""
Put htmx into the package: fetch the pinned release with npm, check it, unpack it.

Run ``python scripts/vendor_htmx.py`` to write the files, ``--check`` to compare the committed file
with the pinned digest (needs no network). To move to another release change ``VERSION``, run with
``--print-digest`` and put the digest below after reading the release notes.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "2.0.11"
SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"

STATIC = Path(__file__).parent.parent / "src/civic_sourcing/core/static/civic_sourcing"
SCRIPT = STATIC / "htmx.min.js"
LICENCE = STATIC / "htmx.LICENSE.txt"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def fetch() -> tuple[bytes, bytes]:
    """Return script and licence of the pinned release."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"htmx.org@{VERSION}", "--pack-destination", folder]
        subprocess.run(command, check=True, capture_output=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as files:
            script = files.extractfile("package/dist/htmx.min.js")
            licence = files.extractfile("package/LICENSE")
            if script is None or licence is None:
                sys.exit("The npm package does not hold dist/htmx.min.js and LICENSE.")
            return script.read(), licence.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare the committed file")
    parser.add_argument("--print-digest", action="store_true", help="fetch and print the digest")
    options = parser.parse_args()
    script, licence = (SCRIPT.read_bytes(), b"") if options.check else fetch()
    if options.print_digest:
        print(digest(script))
        return
    if digest(script) != SHA256:
        sys.exit(f"htmx {VERSION} must have the SHA-256 {SHA256}, not {digest(script)}.")
    if not options.check:
        SCRIPT.write_bytes(script)
        LICENCE.write_bytes(b"htmx " + VERSION.encode() + b", https://htmx.org\n\n" + licence)
    print(f"htmx {VERSION} is as pinned.")


if __name__ == "__main__":
    main()
