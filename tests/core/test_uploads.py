import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from civic_sourcing.core.uploads import (
    Kind,
    UploadRefused,
    display_name,
    receive,
)
from civic_sourcing.core.uploads.kinds import kind_of
from tests.core.pictures import PDF, opened, picture, sent

GPS, ORIENTATION = 0x8825, 0x0112


def moving(format: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, format=format, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + bytes(100)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_claiming(width: int, height: int) -> bytes:
    content = picture("JPEG")
    start = content.index(b"\xff\xc0") + 5
    return content[:start] + struct.pack(">HH", height, width) + content[start + 4 :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(picture("JPEG"), Kind.JPEG, id="JPEG"),
        pytest.param(picture("PNG"), Kind.PNG, id="PNG"),
        pytest.param(picture("WEBP"), Kind.WEBP, id="WebP"),
        pytest.param(picture("WEBP", lossless=True), Kind.WEBP, id="lossless WebP"),
        pytest.param(PDF, Kind.PDF, id="PDF"),
    ],
)
def test_kind_is_told_by_content_whatever_name_and_header_say(content, kind):
    received = receive(sent(content, "paint.exe", "text/html"))

    assert received.kind is kind
    assert received.name == f"paint{kind.extension}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"hello", "type", id="text"),
        pytest.param(b"<!doctype html><script>alert(1)</script>", "type", id="HTML"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", id="SVG"),
        pytest.param(b"<?xml version='1.0'?>\n<svg onload='x'/>", "svg", id="SVG after XML"),
        pytest.param(moving("GIF"), "type", id="GIF"),
        pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0", "heic", id="HEIC"),
        pytest.param(b"PK\x03\x04", "type", id="ZIP"),
        pytest.param(b" " + PDF, "type", id="PDF that begins late"),
        pytest.param(PDF[:-8], "damaged", id="truncated PDF"),
        pytest.param(PDF[:9] + b"<sCript>alert(1)</script>" + PDF[9:], "disguised", id="polyglot"),
        pytest.param(PDF[:9] + b"<!DOCTYPE html>" + PDF[9:], "disguised", id="HTML as PDF"),
        pytest.param(picture("JPEG", size=(200, 200))[:-3000], "damaged", id="truncated JPEG"),
        pytest.param(picture("PNG", size=(200, 200))[:-9000], "damaged", id="truncated PNG"),
        pytest.param(picture("WEBP", size=(200, 200))[:-3000], "damaged", id="truncated WebP"),
        pytest.param(b"\xff\xd8\xff", "damaged", id="three bytes of JPEG"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "damaged", id="header of WebP"),
        pytest.param(moving("PNG"), "animated", id="animated PNG"),
        pytest.param(moving("WEBP"), "animated", id="animated WebP"),
        pytest.param(png_claiming(50_000, 50_000), "too-many-pixels", id="PNG bomb"),
        pytest.param(png_claiming(10_000, 9_000), "too-many-pixels", id="PNG of 90 million"),
        pytest.param(webp_claiming(16_383, 16_383), "too-many-pixels", id="WebP bomb"),
        pytest.param(jpeg_claiming(50_000, 50_000), "too-many-pixels", id="JPEG bomb"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_file_that_cannot_be_taken_is_refused_with_one_sentence(content, code):
    with pytest.raises(UploadRefused) as caught:
        receive(sent(content))

    assert caught.value.code == code
    assert len(caught.value.messages) == 1
    assert caught.value.messages[0].endswith(".")


def test_file_beyond_the_byte_limit_is_not_read(settings):
    settings.CIVIC_SOURCING = {"UPLOAD_MAX_BYTES": 1000}
    file = sent(PDF + bytes(1000))
    file.close()

    with pytest.raises(UploadRefused, match="too large") as caught:
        receive(file)

    assert caught.value.code == "too-large"


def test_size_a_client_claims_is_not_believed(settings):
    settings.CIVIC_SOURCING = {"UPLOAD_MAX_BYTES": 1000}
    file = sent(PDF + bytes(1000))
    file.size = 10

    with pytest.raises(UploadRefused, match="too large"):
        receive(file)


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP], ids=lambda kind: kind.name)
def test_nothing_about_place_camera_or_author_is_kept(kind):
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (37.0, 33.0, 58.0)}
    exif[0x010F] = "SecretCamera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind is Kind.PNG:
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", "SecretAuthor")
    else:
        options["xmp"] = b"<x:xmpmeta>SecretXmp</x:xmpmeta>"
    if kind is Kind.JPEG:
        options["comment"] = b"SecretComment"
    original = picture(kind.name, **options) + b"<script>SecretTail</script>"

    kept = receive(sent(original)).content

    assert b"Secret" in original
    assert b"Secret" not in kept
    assert not opened(kept).getexif()
    assert not set(opened(kept).info) & {"exif", "icc_profile", "xmp", "comment", "Author"}


def test_photo_taken_upright_stays_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    received = receive(sent(picture("JPEG", size=(40, 20), exif=exif)))

    assert (received.width, received.height) == (20, 40)
    assert opened(received.content).size == (20, 40)


def test_first_picture_of_a_phones_multi_picture_jpeg_is_kept():
    pictures = [Image.new("RGB", (16, 8), colour) for colour in ("red", "blue")]
    target = BytesIO()
    pictures[0].save(target, format="MPO", save_all=True, append_images=pictures[1:])

    red, _green, blue = opened(receive(sent(target.getvalue())).content).getpixel((4, 4))

    assert (red > 200, blue < 50) == (True, True)


def test_large_picture_is_scaled_down(settings):
    settings.CIVIC_SOURCING = {"UPLOAD_MAX_SIDE": 100}

    received = receive(sent(picture("JPEG", size=(400, 300))))

    assert opened(received.content).size == (received.width, received.height) == (100, 75)


@pytest.mark.parametrize(
    ("format", "mode", "expected"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "RGB"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "1", "RGB"),
        ("PNG", "I;16", "RGB"),
        ("WEBP", "RGB", "RGB"),
    ],
)
def test_every_way_to_store_colours_is_taken(format, mode, expected):
    assert opened(receive(sent(picture(format, mode=mode))).content).mode == expected


def test_transparent_colour_of_a_palette_stays_transparent():
    image = Image.new("P", (4, 4), 0)
    target = BytesIO()
    image.save(target, format="PNG", transparency=0)

    assert opened(receive(sent(target.getvalue())).content).getpixel((1, 1))[3] == 0


def test_colour_profile_is_turned_into_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    broken = picture("PNG", icc_profile=b"not a profile")
    foreign = picture("PNG", icc_profile=lab)

    assert "icc_profile" not in opened(receive(sent(broken)).content).info
    assert "icc_profile" not in opened(receive(sent(foreign)).content).info


STARTS = st.sampled_from([picture("JPEG"), picture("PNG"), picture("WEBP"), PDF])


@given(st.binary(max_size=200), STARTS, st.integers(0, 400))
def test_garbage_is_taken_or_refused_and_never_an_accident(garbage, start, cut):
    content = start[:cut] + garbage + start[cut + len(garbage) :]

    with suppress(UploadRefused):
        received = receive(sent(content))
        assert kind_of(received.content) is received.kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("holiday.JPEG", "holiday.jpg"),
        ("늘봄 공원.jpeg", "늘봄 공원.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\cat.png", "cat.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie_ x=1.jpg"),
        ('a"b<c>.jpg', "a_b_c_.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("...", "file.jpg"),
        ("\u200b", "file.jpg"),
        ("", "file.jpg"),
        ("a" * 300 + ".jpg", "a" * 96 + ".jpg"),
    ],
    ids=ascii,
)
def test_name_is_kept_for_display_only_and_harmless(name, shown):
    assert display_name(name, Kind.JPEG) == shown


@given(st.text(max_size=200))
def test_no_name_is_dangerous(name):
    shown = display_name(name, Kind.PDF)

    assert shown.endswith(".pdf")
    assert 5 <= len(shown) <= 100
    assert not set(shown) & set('/\\<>:"|?*%;')
    assert not {category(one) for one in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not shown.startswith(".")
