"""Small pictures drawn by code: what citizens photographed, and news of what was built."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from civic_sourcing.core import clock
from civic_sourcing.core.uploads import Received, receive
from civic_sourcing.ideas.models import IdeaDraft, IdeaFile, IdeaForumPage
from civic_sourcing.participants.models import Participant

from . import reading
from .people import somebody
from .reading import WrittenIdea

SIZE = 640, 400
SKY, DUSK, GRASS, WATER, ROAD, STONE = (
    "#cfe6f5",
    "#34405f",
    "#8fbf6f",
    "#6fa8c9",
    "#6b6f76",
    "#b9b3a6",
)
WOOD, LEAF, SUN, RED, SNOW, DARK = "#8a6240", "#4f8f4a", "#f6c945", "#cf4f3d", "#f7fafc", "#2b2f36"
Drawing = ImageDraw.ImageDraw


def draft_with(words: WrittenIdea, page: IdeaForumPage) -> IdeaDraft:
    """The draft from which the photo of an idea goes with it."""
    name, at = words.facts["photo"], clock.now()
    draft = IdeaDraft.objects.create(
        process=page.process,
        participant=Participant.objects.of(somebody(words.author)),
        created_at=at,
        changed_at=at,
    )
    IdeaFile.holding(
        picture(name), draft=draft, alternative=alternative(name, words.language)
    ).save()
    return draft


def alternative(name: str, language: str) -> str:
    """What a picture shows, in words."""
    english, korean = reading.texts("follow-up")["photos"][name]
    return str(korean if language == "ko" else english)


def picture(name: str) -> Received:
    """A checked picture, as if somebody had sent it."""
    image = Image.new("RGB", SIZE, SKY)
    DRAWINGS[name](ImageDraw.Draw(image))
    content = BytesIO()
    image.save(content, "JPEG", quality=82)
    return receive(ContentFile(content.getvalue(), name=f"{name}.jpg"))


def ground(draw: Drawing, color: str, height: int = 130) -> None:
    draw.rectangle((0, SIZE[1] - height, *SIZE), fill=color)


def tree(draw: Drawing, x: int, y: int, radius: int = 46, fruit: int = 0) -> None:
    draw.rectangle((x - 7, y - 90, x + 7, y), fill=WOOD)
    draw.ellipse((x - radius, y - 90 - 2 * radius, x + radius, y - 80), fill=LEAF)
    for number in range(fruit):
        left = x - 24 + number * 34
        draw.ellipse((left, y - 130, left + 16, y - 114), fill=RED)


def trees(draw: Drawing) -> None:
    ground(draw, STONE)
    for x in (90, 240, 390, 540):
        tree(draw, x, 300)


def watered_tree(draw: Drawing) -> None:
    ground(draw, STONE)
    tree(draw, 320, 310, 70)
    draw.polygon(((270, 330), (370, 330), (345, 260), (295, 260)), fill=GRASS, outline=DARK)


def fountain(draw: Drawing) -> None:
    ground(draw, STONE, 170)
    for number, top in enumerate((170, 120, 80, 120, 170)):
        x = 140 + number * 90
        draw.line((x, 320, x, top), fill=SNOW, width=10)
        draw.ellipse((x - 16, top - 14, x + 16, top + 10), fill=SNOW)


def meadow(draw: Drawing) -> None:
    ground(draw, GRASS, 210)
    for number in range(70):
        x, y = number * 97 % 630, 210 + number * 61 % 180
        draw.ellipse((x, y, x + 12, y + 12), fill=RED if number % 3 else SUN)


def screen(draw: Drawing) -> None:
    draw.rectangle((0, 0, *SIZE), fill=DUSK)
    draw.rectangle((0, 270, 640, 330), fill=WATER)
    ground(draw, LEAF, 70)
    draw.rectangle((190, 90, 450, 250), fill=SNOW, outline=DARK, width=6)
    draw.line((220, 250, 220, 350), fill=DARK, width=8)
    draw.line((420, 250, 420, 350), fill=DARK, width=8)


def sails(draw: Drawing) -> None:
    ground(draw, STONE, 110)
    for number, color in enumerate((SUN, RED, WATER, GRASS)):
        x = 40 + number * 145
        draw.polygon(((x, 120), (x + 130, 90), (x + 70, 190)), fill=color)
        draw.line((x + 70, 190, x + 70, 330), fill=DARK, width=5)


def crossing(draw: Drawing) -> None:
    ground(draw, GRASS, 180)
    draw.rectangle((0, 250, 640, 370), fill=ROAD)
    for x in range(10, 640, 90):
        draw.rectangle((x, 306, x + 50, 314), fill=SNOW)
    draw.rectangle((430, 150, 560, 162), fill=RED)
    draw.rectangle((440, 162, 446, 240), fill=DARK)
    draw.rectangle((545, 162, 551, 240), fill=DARK)


def steps(draw: Drawing) -> None:
    draw.rectangle((0, 0, *SIZE), fill=DUSK)
    for number in range(9):
        draw.rectangle((120 + number * 45, 380 - number * 32, 640, 400), fill=STONE, outline=DARK)
    draw.line((560, 120, 560, 40), fill=DARK, width=6)
    draw.ellipse((538, 20, 582, 64), fill=SUN)


def bridge(draw: Drawing) -> None:
    ground(draw, WATER, 150)
    draw.rectangle((0, 210, 640, 250), fill=STONE)
    draw.arc((60, 200, 300, 420), 180, 360, fill=STONE, width=26)
    draw.arc((340, 200, 580, 420), 180, 360, fill=STONE, width=26)
    for x in (80, 330):
        draw.rectangle((x, 130, x + 150, 205), fill=RED)
        draw.rectangle((x + 154, 160, x + 200, 205), fill=DARK)


def underpass(draw: Drawing) -> None:
    draw.rectangle((0, 0, *SIZE), fill=STONE)
    ground(draw, ROAD, 80)
    draw.pieslice((170, 90, 470, 560), 180, 360, fill=DARK)


def snow(draw: Drawing) -> None:
    ground(draw, ROAD, 120)
    draw.ellipse((-60, 200, 320, 360), fill=SNOW)
    draw.ellipse((180, 220, 500, 350), fill=SNOW)
    for number in range(40):
        x, y = number * 83 % 640, number * 47 % 210
        draw.ellipse((x, y, x + 6, y + 6), fill=SNOW)


def street(draw: Drawing) -> None:
    ground(draw, ROAD, 150)
    draw.polygon(((240, 400), (330, 200), (370, 200), (400, 400)), fill=STONE)
    for number, color in enumerate((RED, SUN, WATER)):
        draw.rectangle((10, 90 + number * 70, 210 - number * 40, 110 + number * 70), fill=color)
    draw.rectangle((430, 250, 610, 330), fill=DARK)


def door(draw: Drawing) -> None:
    draw.rectangle((0, 0, *SIZE), fill=STONE)
    draw.rectangle((240, 80, 400, 400), fill=WATER, outline=DARK, width=6)
    draw.rectangle((0, 240, 210, 400), fill=RED)
    draw.rectangle((430, 240, 640, 400), fill=SUN)


def boat(draw: Drawing) -> None:
    ground(draw, WATER, 170)
    draw.polygon(((90, 250), (550, 250), (500, 320), (140, 320)), fill=WOOD)
    for x in (170, 250, 330, 410):
        draw.ellipse((x, 185, x + 76, 255), fill=DARK)


def shelter(draw: Drawing) -> None:
    ground(draw, STONE, 120)
    draw.rectangle((0, 60, 640, 130), fill=ROAD)
    draw.rectangle((60, 130, 120, 300), fill=ROAD)
    draw.rectangle((520, 130, 580, 300), fill=ROAD)
    draw.rectangle((210, 270, 430, 288), fill=WOOD)


def path(draw: Drawing) -> None:
    ground(draw, GRASS, 220)
    draw.rectangle((0, 180, 640, 230), fill=WATER)
    draw.polygon(((220, 400), (330, 230), (370, 230), (520, 400)), fill=STONE)
    draw.ellipse((300, 320, 390, 350), fill=WATER)


def apple(draw: Drawing) -> None:
    ground(draw, GRASS, 120)
    tree(draw, 320, 320, 66, fruit=2)
    draw.rectangle((250, 190, 260, 320), fill=WOOD)


def bicycle(draw: Drawing) -> None:
    ground(draw, STONE, 100)
    draw.ellipse((140, 210, 280, 350), outline=DARK, width=9)
    draw.ellipse((360, 230, 500, 350), outline=DARK, width=9)
    draw.line((210, 280, 300, 200, 430, 290), fill=RED, width=9)
    draw.rectangle((540, 120, 560, 350), fill=WOOD)


def swimmers(draw: Drawing) -> None:
    draw.rectangle((0, 0, *SIZE), fill=WATER)
    draw.rectangle((0, 60, 640, 90), fill=SNOW)
    draw.line((0, 210, 640, 210), fill=DUSK, width=8)
    for x in (140, 310, 480):
        draw.ellipse((x, 160, x + 50, 210), fill=SUN)


def phone(draw: Drawing) -> None:
    ground(draw, WOOD, 120)
    for x, color in ((200, STONE), (360, RED)):
        draw.ellipse((x, 90, x + 80, 170), fill=SUN)
        draw.rectangle((x - 20, 170, x + 100, 300), fill=color)
    draw.rectangle((290, 240, 340, 310), fill=DARK)


def books(draw: Drawing) -> None:
    draw.rectangle((60, 120, 580, 340), fill=WOOD)
    for number in range(16):
        color = (RED, SUN, WATER, LEAF)[number % 4]
        draw.rectangle(
            (80 + number * 30, 150 + number * 7 % 30, 104 + number * 30, 320), fill=color
        )


DRAWINGS: dict[str, Callable[[Any], None]] = {
    "trees": trees,
    "tree-bag": watered_tree,
    "fountain": fountain,
    "meadow": meadow,
    "screen": screen,
    "sails": sails,
    "crossing": crossing,
    "lamp": steps,
    "bridge": bridge,
    "underpass": underpass,
    "snow": snow,
    "street": street,
    "toilet": door,
    "boat": boat,
    "shelter": shelter,
    "path": path,
    "apple": apple,
    "pump": bicycle,
    "swimmers": swimmers,
    "phone": phone,
    "books": books,
}
