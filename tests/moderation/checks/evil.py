"""Texts somebody would write to keep a server busy, each as long as an idea may be."""

LENGTH = 10_000


def _filled(piece):
    return (piece * (LENGTH // len(piece) + 1))[:LENGTH]


EVIL = {
    "one letter": _filled("a"),
    "one syllable": _filled("가"),
    "digits": _filled("1"),
    "at signs": _filled("@"),
    "addresses cut short": _filled("a@a."),
    "single letters": _filled("i d i o "),
    "almost numbers": _filled("0 1-"),
    "almost words": _filled("idio시발병fuc"),
    "links cut short": _filled("www.a-http:/"),
    "letters of all scripts": "".join(chr(0x400 + number % 0x4000) for number in range(LENGTH)),
    "alternating scripts": _filled("аaοo1"),
    "numbers that are none": _filled("900101-1234567x"),
    "capitals": _filled("É"),
    "marks": _filled("a\u0301\u0327\u0308"),
    "signs": _filled("!$|*-"),
}
