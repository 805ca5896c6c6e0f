"""What the town hands out below /media/: pictures made for everybody, and nothing else."""

from pathlib import Path

import pytest


@pytest.fixture
def files(settings, tmp_path):
    """A folder of media with something in every corner, and uploads beside it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    for name in (
        "media/images/bench.width-800.png",
        "media/original_images/bench.png",
        "media/documents/minutes.pdf",
        "media/notes.txt",
        "civic_uploads/evidence.png",
    ):
        path = Path(tmp_path / name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
    return tmp_path


def test_pictures_are_served_without_debug(client, settings, files):
    answer = client.get("/media/images/bench.width-800.png")

    assert not settings.DEBUG
    assert b"".join(answer) == b"content"
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "original_images/bench.png",
        "documents/minutes.pdf",
        "notes.txt",
        "images/",
        "images",
        "",
        "images/../documents/minutes.pdf",
        "images/../../civic_uploads/evidence.png",
        "images/%2e%2e/documents/minutes.pdf",
        "images//etc/passwd",
    ],
)
@pytest.mark.django_db
def test_nothing_else_is_served(client, files, path):
    assert client.get(f"/media/{path}").status_code in {301, 302, 404}
