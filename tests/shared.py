"""Where the data lies that may be read but not committed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("CIVIC_SHARED_DATA", ROOT.parent / "shared" / "data"))
PABULIB = SHARED_DATA / "pabulib"
