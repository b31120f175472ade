"""The printers of a station file: read in order, named by their place, nonsense refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from carcheck_desktop.base.station import StationFileError, read_station
from carcheck_desktop.base.station_printers import ConnectionKind

HEAD = """
[station]
code = "5001009"
name = "示范检验站"
training = {training}
"""


def written(folder: Path, printers: str, *, training: bool = True) -> Path:
    path = folder / "station.toml"
    path.write_text(HEAD.format(training=str(training).lower()) + printers, encoding="utf-8")
    return path


def printer(connection: str, **more: str) -> str:
    said = "".join(f'{key} = "{value}"\n' for key, value in {"place": "pickup", **more}.items())
    return f'[[printer]]\nconnection = "{connection}"\n{said}'


def mistakes(folder: Path, printers: str, *, training: bool = True) -> dict[str, str]:
    with pytest.raises(StationFileError) as caught:
        read_station(written(folder, printers, training=training))
    return {str(each.params.get("key")): each.code.rsplit(".", 1)[1] for each in caught.value.problems}


def test_two_printers_of_one_place_are_told_apart(tmp_path: Path) -> None:
    text = printer("tcp://127.0.0.1:9100", profile="TM-T88V") + printer("serial:/dev/ttyS9@38400")
    first, second = read_station(written(tmp_path, text)).printers
    assert (first.name, second.name) == ("pickup", "pickup-2")
    assert (first.kind, first.address, first.profile) == (ConnectionKind.TCP, ("127.0.0.1", 9100), "TM-T88V")
    assert (second.kind, second.line, second.profile) == (ConnectionKind.SERIAL, ("/dev/ttyS9", 38400), "default")
    assert second.encoding == "gb18030"


def test_a_serial_printer_has_the_usual_speed_when_none_is_written(tmp_path: Path) -> None:
    (only,) = read_station(written(tmp_path, printer("serial:COM7"))).printers
    assert only.line == ("COM7", 19200)


@pytest.mark.parametrize(
    "connection",
    ["tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:70000", "serial:", "serial:/dev/ttyS9@1", "usb:1", "lpt1", "/dev/usb/lp0"],
)  # fmt: skip
def test_a_connection_that_cannot_be_meant_is_refused_with_the_right_forms(tmp_path: Path, connection: str) -> None:
    assert mistakes(tmp_path, printer(connection)) == {"printer[1].connection": "wrong_value"}


@pytest.mark.parametrize("connection", ["usb:04b8:0202", "win:EPSON TM-T88V", "file:printed"])
def test_other_ways_to_a_printer_can_be_written(tmp_path: Path, connection: str) -> None:
    assert read_station(written(tmp_path, printer(connection))).printers[0].connection == connection


def test_a_training_station_prints_only_on_this_pc_and_a_real_one_never_does(tmp_path: Path) -> None:
    assert mistakes(tmp_path, printer("tcp://10.0.0.9:9100")) == {"printer[1].connection": "wrong_value"}
    assert mistakes(tmp_path, printer("tcp://127.0.0.1:9100"), training=False) == {
        "printer[1].connection": "wrong_value"
    }


def test_what_is_written_twice_or_unknown_is_named(tmp_path: Path) -> None:
    same = printer("tcp://127.0.0.1:9100")
    assert "printer.connection" in mistakes(tmp_path, same + same)
    assert mistakes(tmp_path, printer("file:out", encoding="cp437", colour="red")) == {
        "printer[1].encoding": "wrong_value",
        "printer[1].colour": "unknown_key",
    }
    assert mistakes(tmp_path, '[printer]\nplace = "x"\n') == {"printer": "wrong_type"}


def test_a_printer_does_not_listen_where_the_service_does(tmp_path: Path) -> None:
    assert mistakes(tmp_path, printer("tcp://127.0.0.1:8460")) == {"printer[1].connection": "twice"}
