"""Times by the 24-hour clock, as public offices write them."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y년 n월 j일 H:i"
SHORT_DATETIME_FORMAT = "Y-n-j. H:i"
