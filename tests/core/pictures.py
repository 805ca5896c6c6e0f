"""Files as a browser sends them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(format: str = "PNG", *, size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    image = Image.effect_noise(size, 60).convert(options.pop("mode", "RGB"))
    target = BytesIO()
    image.save(target, format=format, **options)
    return target.getvalue()


def sent(content: bytes, name: str = "photo.jpg", claimed: str = "image/jpeg") -> Any:
    return SimpleUploadedFile(name, content, claimed)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image
