"""The script behind ``make demo``: what it says when it is called wrongly, what it keeps."""

import os
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "demo.py"


@pytest.mark.parametrize("port", ["abc", "-1", "0", "65536", "8000.5", "9" * 5000, "²"])
def test_a_port_that_is_none_gets_one_sentence(port):
    environment = {**os.environ, "PORT": port}

    ended = subprocess.run(
        [sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("PORT must be a number from 1 to 65535")
    assert "Traceback" not in ended.stderr


@pytest.fixture
def demo(monkeypatch, tmp_path):
    """The script as a module that keeps its files in a folder of its own."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    spec = util.spec_from_file_location("demo_script", SCRIPT)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("content", [None, "", "\n"], ids=["no file", "empty", "blank"])
def test_a_missing_or_empty_secret_key_is_made_once(demo, tmp_path, content):
    if content is not None:
        (tmp_path / "secret-key").write_text(content)

    first, second = demo.own_secret_key(), demo.own_secret_key()

    assert len(first) >= 50
    assert first == second
