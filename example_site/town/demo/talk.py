"""What people said about the harbour shed, and what some said that the rules do not allow."""

import json
from pathlib import Path
from typing import Any

TALK: dict[str, Any] = json.loads(Path(__file__).with_name("neulbom-talk.json").read_text("utf-8"))
SPEAKERS: dict[str, list[str]] = TALK["speakers"]
STRANGERS: dict[str, list[str]] = TALK["strangers"]
