"""Classes of characters, written as the inside of a regular expression's brackets."""

VARIATION_SELECTORS = r"\uFE00-\uFE0F\U000E0100-\U000E01EF"
TAGS = r"\U000E0020-\U000E007E"

# Controls without tab and line feed, surrogates, noncharacters.
BROKEN = r"\x00-\x08\x0B-\x1F\x7F-\x9F\uD800-\uDFFF\uFDD0-\uFDEF" + "".join(
    rf"\U{plane:04X}FFFE\U{plane:04X}FFFF" for plane in range(17)
)

# What leaves no mark on the screen: format characters (Cf) with all bidi controls, default
# ignorable code points, fillers and blanks. Visible format characters (Arabic number signs) are
# not among them, and neither are variation selectors and joiners, which may be needed.
INVISIBLE = (
    r"\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E"
    r"\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFC\U0001BCA0-\U0001BCA3\U0001D159"
    r"\U0001D173-\U0001D17A\U000E0000-\U000E00FF\U000E01F0-\U000E0FFF"
)

# Scripts in which a (non-)joiner changes what is read: Arabic to Tibetan, Myanmar, Khmer,
# Mongolian and their neighbours.
JOINING = (
    r"\u0610-\u061A\u0620-\u06FF\u0710-\u08E1\u08E3-\u0DFF\u0F00-\u109F\u1700-\u17B3\u17B6-\u180A"
    r"\u1810-\u1AFF\u1B00-\u1CFF\uA840-\uA87F\uA8E0-\uA8FF\uA980-\uA9FF\uAA00-\uAADF\uAAE0-\uAAFF"
    r"\uABC0-\uABFF\uFB50-\uFDCF\uFDF0-\uFDFF\uFE70-\uFEFC\U00011000-\U00011FFF"
)

# Extended_Pictographic, rounded up to blocks.
PICTOGRAPHS = (
    r"\u00A9\u00AE\u203C\u2049\u2122\u2139\u2194-\u21AA\u231A-\u23FF\u24C2\u25AA-\u25FE"
    r"\u2600-\u27BF\u2934\u2935\u2B05-\u2B55\u3030\u303D\u3297\u3299"
    r"\U0001F000-\U0001F1E5\U0001F200-\U0001F3FA\U0001F400-\U0001FAFF\U0001FC00-\U0001FFFD"
)
SKIN_TONES = r"\U0001F3FB-\U0001F3FF"
