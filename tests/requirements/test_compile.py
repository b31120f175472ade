"""Writing the locks: markers of another system."""

from __future__ import annotations

from requirements import compile as locks


def test_a_windows_line_is_resolved_without_its_marker_and_gets_it_back() -> None:
    text, markers = locks.split_markers('# a ; comment\nTz_Data==1.2 ; sys_platform == "win32"\nplain==1\n')
    assert text == "# a\nTz_Data==1.2\nplain==1\n"
    assert markers == {"tz-data": 'sys_platform == "win32"'}
    entry = "tz-data==1.2 \\\n    --hash=sha256:aa\n"
    assert (
        locks.with_marker(entry, markers["tz-data"])
        == 'tz-data==1.2 ; sys_platform == "win32" \\\n    --hash=sha256:aa\n'
    )
    assert locks.with_marker(entry, None) == entry
