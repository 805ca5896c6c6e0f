import pytest
from django.core.exceptions import ImproperlyConfigured

from civic_sourcing.core.checks import check_settings
from civic_sourcing.core.conf import Settings, conf, setting


class LampSettings(Settings):
    LAMP_COUNT = setting(int, 3, "lamps", doc="Lamps on the square.")
    LAMP_NAMES = setting(list[str], [], doc="What they are called.")
    LAMP_KEEPER = setting(str | None, None)
    LAMP_HEIGHT = setting(float, 2.5, "metres")
    LAMP_ON = setting(bool, True)

    def contradictions(self):
        if self.LAMP_ON and not self.LAMP_COUNT:
            yield "CIVIC_SOURCING['LAMP_ON'] needs at least one lamp."


lamps = LampSettings()


def complaints(settings, **given):
    settings.CIVIC_SOURCING = given
    return [(message.id, message.msg) for message in check_settings()]


def test_a_setting_left_out_has_its_default(settings):
    settings.CIVIC_SOURCING = {}

    assert lamps.LAMP_COUNT == 3


def test_a_host_without_the_dict_has_the_defaults(settings):
    del settings.CIVIC_SOURCING

    assert lamps.LAMP_COUNT == 3


def test_a_setting_is_read_anew_at_every_access(settings):
    settings.CIVIC_SOURCING = {"LAMP_COUNT": 4}
    before = lamps.LAMP_COUNT

    settings.CIVIC_SOURCING["LAMP_COUNT"] = 5

    assert (before, lamps.LAMP_COUNT) == (4, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("LAMP_COUNT", "4", id="text for a number"),
        pytest.param("LAMP_COUNT", True, id="truth for a number"),
        pytest.param("LAMP_HEIGHT", False, id="truth for a fraction"),
        pytest.param("LAMP_NAMES", "one", id="text for a list"),
        pytest.param("LAMP_KEEPER", 7, id="number for text or nothing"),
        pytest.param("LAMP_ON", 1, id="number for truth"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_and_named(settings, name, value):
    found = complaints(settings, **{name: value})

    assert found == [("civic_core.E002", getattr(LampSettings, name).complaint(value))]
    with pytest.raises(ImproperlyConfigured, match=f"{name}.*not {value!r}"):
        getattr(lamps, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("LAMP_COUNT", 0), ("LAMP_HEIGHT", 3), ("LAMP_NAMES", ["a"]), ("LAMP_KEEPER", None)],
)
def test_a_value_of_the_right_type_is_taken(settings, name, value):
    settings.CIVIC_SOURCING = {name: value}

    assert getattr(lamps, name) == value


def test_an_unknown_setting_is_named_with_the_nearest_known_one(settings):
    settings.CIVIC_SOURCING = {"LAMP_CONUT": 4}

    message = check_settings()[0]

    assert message.id == "civic_core.E001"
    assert "'LAMP_CONUT'" in message.msg
    assert "'LAMP_COUNT'" in message.hint


def test_a_setting_like_no_other_is_answered_with_all_that_are_known(settings):
    settings.CIVIC_SOURCING = {"ZZZZ": 4}

    assert "'LAMP_COUNT'" in check_settings()[0].hint


def test_contradictions_are_named(settings):
    found = complaints(settings, LAMP_ON=True, LAMP_COUNT=0)

    assert found == [("civic_core.E003", "CIVIC_SOURCING['LAMP_ON'] needs at least one lamp.")]


def test_an_idempotency_time_below_one_hour_is_a_contradiction(settings):
    assert [code for code, _ in complaints(settings, IDEMPOTENCY_HOURS=0)] == ["civic_core.E003"]


def test_a_dict_of_the_wrong_kind_is_named(settings):
    settings.CIVIC_SOURCING = ["LAMP_COUNT"]

    assert [message.id for message in check_settings()] == ["civic_core.E002"]


def test_good_settings_pass(settings):
    assert complaints(settings, LAMP_COUNT=2, BASE_TEMPLATE="site.html") == []


def test_a_setting_cannot_be_assigned():
    with pytest.raises(AttributeError, match="LAMP_COUNT"):
        lamps.LAMP_COUNT = 4


def test_two_rooms_cannot_claim_one_key():
    with pytest.raises(TypeError, match="BASE_TEMPLATE"):

        class OtherSettings(Settings):
            BASE_TEMPLATE = setting(str, "other.html")


@pytest.mark.parametrize("part", ["Lamps on the square.", "Type: int.", "Default: 3.", "lamps"])
def test_the_docstring_tells_type_default_and_unit(part):
    assert part in LampSettings.LAMP_COUNT.__doc__


def test_every_setting_says_what_it_is_for():
    rooms = [room for room in Settings.rooms.values() if room is not LampSettings]

    assert not [
        name
        for room in rooms
        for name, key in room.declared().items()
        if key.__doc__.startswith("Type:")
    ]


def test_core_reads_the_base_template_from_the_host(settings):
    settings.CIVIC_SOURCING = {"BASE_TEMPLATE": "site.html"}

    assert conf.BASE_TEMPLATE == "site.html"
