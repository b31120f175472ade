"""The station file: read as a whole, every mistake named with file, key and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.station import StationFileError, read_station

GOOD = """
[station]
code = "5001009"
name = "示范检验站"
training = true

[[lane]]
name = "1"
link_port = 8461

[[lane.device]]
name = "brake"
kind = "BrakeTester"
driver = "carcheck_roller_brake"
port = "COM3"
place = "1/brake"
baud = 115200
options = { stop_output = "io:0" }
"""
ASKING = f"""{GOOD}
[[uplink]]
channel = "vehicle_lookup"
profile = "neutral"
url = "http://127.0.0.1:8470"
"""
OUTSIDE = "http://10.20.30.40:9080/services"


def written(folder: Path, text: str) -> Path:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> dict[str, str]:
    """Return key -> code of every mistake in a station file."""
    with pytest.raises(StationFileError) as caught:
        read_station(written(folder, text))
    return {str(each.params.get("key")): each.code.rsplit(".", 1)[1] for each in caught.value.problems}


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    station = read_station(written(tmp_path, GOOD))
    assert station.training
    assert station.lane("1").devices[0].options == {"stop_output": "io:0"}
    assert station.lane("1").node == "lane-1"
    assert station.data == tmp_path / "data"


@pytest.mark.parametrize(
    ("before", "after", "key", "code"),
    [
        ('code = "5001009"', "code = 5001009", "station.code", "wrong_type"),
        ('code = "5001009"', "", "station.code", "missing_key"),
        ('code = "5001009"', 'code = ""', "station.code", "wrong_value"),
        ('code = "5001009"', 'code = "  "', "station.code", "wrong_value"),
        ('name = "示范检验站"', 'name = "a\\u0000b"', "station.name", "wrong_value"),
        ('name = "示范检验站"', f'name = "{"站" * 301}"', "station.name", "wrong_value"),
        ('name = "1"', 'name = ""', "lane[1].name", "wrong_value"),
        ('name = "brake"', 'name = ""', "lane[1].device[1].name", "wrong_value"),
        ('driver = "carcheck_roller_brake"', 'driver = ""', "lane[1].device[1].driver", "wrong_value"),
        ('port = "COM3"', 'port = ""', "lane[1].device[1].port", "wrong_value"),
        ('port = "COM3"', 'port = "tcp://10.0.0.5:0"', "lane[1].device[1].port", "wrong_value"),
        ('port = "COM3"', 'port = "tcp://10.0.0.5:99999"', "lane[1].device[1].port", "wrong_value"),
        ("baud = 115200", "baud = 115200\nunit = 999", "lane[1].device[1].unit", "wrong_value"),
        ("baud = 115200", "baud = 115200\nunit = -1", "lane[1].device[1].unit", "wrong_value"),
        ("training = true", "trainig = true", "station.trainig", "unknown_key"),
        ('port = "COM3"', 'port = "somewhere"', "lane[1].device[1].port", "wrong_value"),
        ('kind = "BrakeTester"', 'kind = "Brake"', "lane[1].device[1].kind", "wrong_value"),
        ("link_port = 8461", "link_port = 8460", "lane[1].link_port", "twice"),
        ("link_port = 8461", "link_port = 99999", "lane[1].link_port", "wrong_value"),
        ("[[lane]]", "[scanner]\n[[lane]]", "scanner", "unknown_key"),
        ('name = "brake"', 'name = "the brake"', "lane[1].device[1].name", "wrong_value"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, before: str, after: str, key: str, code: str) -> None:
    assert mistakes(tmp_path, GOOD.replace(before, after)) == {key: code}


@pytest.mark.parametrize(
    ("before", "after", "key", "code"),
    [
        ('channel = "vehicle_lookup"', 'channel = "vehicles"', "uplink[1].channel", "wrong_value"),
        ('channel = "vehicle_lookup"', "", "uplink[1].channel", "missing_key"),
        ('profile = "neutral"', 'profile = "../neutral"', "uplink[1].profile", "wrong_value"),
        ('profile = "neutral"', "", "uplink[1].profile", "missing_key"),
        ('profile = "neutral"', 'profile = "neutral"\npassword = "1"', "uplink[1].password", "unknown_key"),
        ("[[uplink]]", "[uplink]", "uplink", "wrong_type"),
        ('url = "http://127.0.0.1:8470"', "url = 8470", "uplink[1].url", "wrong_type"),
        ('url = "http://127.0.0.1:8470"', f'url = "{OUTSIDE}"', "uplink[1].url", "wrong_value"),
        ('url = "http://127.0.0.1:8470"', 'url = "https://127.0.0.1:8470"', "uplink[1].url", "wrong_value"),
        ('url = "http://127.0.0.1:8470"', 'url = "http://127.0.0.1:8461"', "uplink[1].url", "twice"),
        ('url = "http://127.0.0.1:8470"', 'url = "http://127.0.0.1:99999"', "uplink[1].url", "wrong_value"),
        ('url = "http://127.0.0.1:8470"', 'url = "http://[::1"', "uplink[1].url", "wrong_value"),
        ('url = "http://127.0.0.1:8470"', 'url = "127.0.0.1:8470"', "uplink[1].url", "wrong_value"),
        ('url = "http://127.0.0.1:8470"', 'url = "http://127.0.0.1:8470?plate=1"', "uplink[1].url", "wrong_value"),
    ],
)
def test_a_mistake_about_who_is_asked_outside_is_named(
    tmp_path: Path, before: str, after: str, key: str, code: str
) -> None:
    assert mistakes(tmp_path, ASKING.replace(before, after)) == {key: code}


def test_a_real_station_asks_others_outside_and_never_itself(tmp_path: Path) -> None:
    real = ASKING.replace("training = true", "training = false")
    assert mistakes(tmp_path, real) == {"uplink[1].url": "wrong_value"}
    uplink = read_station(written(tmp_path, real.replace("http://127.0.0.1:8470", OUTSIDE))).uplink("vehicle_lookup")
    assert uplink is not None
    assert (uplink.profile, uplink.url, uplink.port) == ("neutral", OUTSIDE, 9080)


def test_a_password_in_an_address_is_a_mistake_and_is_not_repeated(tmp_path: Path) -> None:
    text = ASKING.replace("http://127.0.0.1:8470", "http://clerk:geheim@127.0.0.1:8470")
    with pytest.raises(StationFileError) as caught:
        read_station(written(tmp_path, text))
    assert "geheim" not in str(caught.value)
    assert caught.value.problem.params["value"] == "http://…@127.0.0.1:8470"


def test_one_channel_has_one_address(tmp_path: Path) -> None:
    again = '\n[[uplink]]\nchannel = "vehicle_lookup"\nprofile = "neutral"\nurl = "http://127.0.0.1:8471"\n'
    assert mistakes(tmp_path, ASKING + again) == {"uplink": "twice"}
    without = read_station(written(tmp_path, GOOD))
    assert without.uplink("vehicle_lookup") is None


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('port = "COM3"', 'port = "x"').replace("baud = 115200", "baud = 1")
    assert set(mistakes(tmp_path, text)) == {"lane[1].device[1].port", "lane[1].device[1].baud"}


def test_text_that_is_no_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(StationFileError) as caught:
        read_station(written(tmp_path, "[station\n"))
    assert caught.value.code == "base.station.not_toml"
    assert "line 1" in str(caught.value.problem.params["detail"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StationFileError) as caught:
        read_station(tmp_path / "none.toml")
    assert caught.value.code == "base.station.unreadable"


def test_an_unknown_lane_names_those_that_there_are(tmp_path: Path) -> None:
    station = read_station(written(tmp_path, GOOD))
    with pytest.raises(UsageError) as caught:
        station.lane("7")
    assert caught.value.problem.params["known"] == "1"
