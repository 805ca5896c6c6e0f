from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from civic_sourcing.core.conf import conf

from .kinds import Kind, UploadRefused

_SAVE_OPTIONS = {
    Kind.JPEG: {"quality": 85, "progressive": True},
    Kind.PNG: {"compress_level": 6},
    Kind.WEBP: {"quality": 85, "method": 4},
}


def reencode(content: bytes, kind: Kind) -> tuple[bytes, int, int]:
    """
    Return the picture encoded anew in the same kind, its width and its height.

    Only pixels survive: no EXIF (the place a photo was taken), XMP, comments, colour profile or
    bytes behind the picture. Orientation is applied, colours are converted to sRGB, and a side
    longer than ``UPLOAD_MAX_SIDE`` is scaled down. The number of pixels is read from the header
    and refused before anything is decoded. A phone's JPEG with several pictures keeps the first.
    """
    if kind is Kind.WEBP:
        # Opening a WebP may already set aside memory for all of it.
        _check_pixels(*_webp_size(content))
    with _complaints_as_refusals():
        image = Image.open(BytesIO(content), formats=[kind.name])
        _check_pixels(*image.size)
        if kind is not Kind.JPEG and getattr(image, "n_frames", 1) > 1:
            raise UploadRefused(
                _("Moving pictures cannot be uploaded. Please choose a still one."), code="animated"
            )
        side = conf.UPLOAD_MAX_SIDE
        image.draft(None, (side, side))
        image.load()
        picture = ImageOps.exif_transpose(image) or image
        picture.thumbnail((side, side))
        picture = _in_srgb(picture, kind)
        picture.info = {}
        target = BytesIO()
        picture.save(target, format=kind.name, **_SAVE_OPTIONS[kind])
    return target.getvalue(), picture.width, picture.height


def _check_pixels(width: int, height: int) -> None:
    if width * height > conf.UPLOAD_MAX_PIXELS:
        raise UploadRefused(
            _(
                "This picture is too large (%(width)s × %(height)s pixels). "
                "At most %(limit)s million pixels are possible."
            ),
            code="too-many-pixels",
            params={
                "width": width,
                "height": height,
                "limit": conf.UPLOAD_MAX_PIXELS // 1_000_000,
            },
        )


@contextmanager
def _complaints_as_refusals() -> Iterator[None]:
    """Whatever a decoder raises over bytes from outside is a sentence for people, never a 500."""
    try:
        yield
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise UploadRefused(
            _("This picture has too many pixels. Please make it smaller."), code="too-many-pixels"
        ) from error
    except Exception as error:
        raise UploadRefused(
            _("This picture is damaged or incomplete. Please save or export it again."),
            code="damaged",
        ) from error


def _in_srgb(image: Image.Image, kind: Kind) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    transparent = kind is not Kind.JPEG and image.has_transparency_data
    mode = "RGBA" if transparent else "RGB"
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert(mode)
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass  # a broken profile costs the exact colours, not the picture
    return image if image.mode == mode else image.convert(mode)


def _webp_size(content: bytes) -> tuple[int, int]:
    chunk, head = content[12:16], content[20:30]
    if chunk == b"VP8X":
        return _number(head[4:7]) + 1, _number(head[7:10]) + 1
    if chunk == b"VP8L":
        bits = _number(head[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _number(head[6:8]) & 0x3FFF, _number(head[8:10]) & 0x3FFF


def _number(little_endian: bytes) -> int:
    return int.from_bytes(little_endian, "little")
