"""Writes `docs/standards` from the table files: `python -m carcheck_desktop.app.standards_docs`.

A page an edition, and an overview with every row that still needs the paid text. Headings are in both languages, the tables' own
notes in the one they were written in.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import ROOT
from carcheck_desktop.app.table_files import contents
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards.loading.files import edition_of
from carcheck_desktop.standards.loading.listing import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.loading.listing import Listing, TableRow

FOLDER = ROOT / "docs" / "standards"
MADE = (
    "<!-- Written by `python -m carcheck_desktop.app.standards_docs` from resources/standards; not edited by hand. -->"
)
SECTIONS = {
    "limit": "限值 Limits",
    "constant": "公式与规则中的数 Constants",
    "setting": "标准读法的选择 Settings",
    "rounding": "修约 Rounding",
    "item": "检验项目 Items",
    "cycle": "检验周期 Cycles",
}
CONFIDENCES = {
    "sourced": "有据 two or more independent sources, or an official one",
    "single_source": "单一来源 one source that is not official",
    "recalled": "待核实 general knowledge, found in no source",
    "disputed": "有争议 sources disagree, or the reading itself was not seen",
}


def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return every page by its name; raise `DataError` naming a file that cannot be used."""
    words = (Catalogue("zh_CN"), Catalogue("en"))
    editions = {name: (edition_of(name, content), listing(content)) for name, content in sorted(files.items())}
    made = {
        f"{name.removesuffix('.toml')}.md": _text(_page(name, edition, table, words))
        for name, (edition, table) in editions.items()
    }
    return {**made, "README.md": _text(_overview(editions))}


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _page(name: str, edition: Edition, table: Listing, words: tuple[Catalogue, Catalogue]) -> Iterator[str]:
    until = edition.valid_until.isoformat() if edition.valid_until is not None else "…"
    yield from (MADE, "", f"# {edition.edition} {edition.title}", "")
    yield from (
        f"- 限值来自 limits of: {edition.limits_of}",
        f"- 有效 in force: {edition.valid_from.isoformat()} … {until}",
        f"- 文件 file: `resources/standards/{name}`, family `{edition.family.name}`",
        f"- {len(table.rows)} 行 rows, {len(table.doubtful())} 行待核实原文 need the paid text ([all](README.md))",
    )
    for section, rows in groupby(table.rows, key=lambda row: row.section):
        yield from ("", f"## {SECTIONS.get(section, section)}")
        for group, some in _by_group(rows):
            if group:
                yield from ("", f"### {_called(group, words)}")
            yield from ("", *_table(some, edition))
    yield from ("", "## 资料 Sources", "", "| | | |", "| --- | --- | --- |")
    yield from (f"| {each.id} | {_cell(each.what)} | {_cell(each.place)} |" for each in table.sources)


def _by_group(rows: Iterable[TableRow]) -> Iterator[tuple[str, list[TableRow]]]:
    """Yield the rows of each group, in the order in which the groups first come."""
    found: dict[str, list[TableRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    yield from found.items()


def _called(quantity: str, words: tuple[Catalogue, Catalogue]) -> str:
    """Return what people call a quantity in both languages, and its name in the tables."""
    code = f"Quantity.{quantity}"
    shown = [each.text(Message(code)) for each in words if each.knows(code)]
    return " ".join([" / ".join(shown), f"`{quantity}`"]).strip()


def _table(rows: Sequence[TableRow], edition: Edition) -> Iterator[str]:
    yield "| 条目 row | 适用 case | 值 value | 依据 ground | 把握 confidence | 说明 note |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in rows:
        shown = _days(row, edition)
        ground = f"{row.standard} [{', '.join(row.sources)}]".strip()
        cells = (f"`{row.key}`{shown}", row.case, row.value, ground, row.confidence.value, row.note)
        yield "| " + " | ".join(_cell(each) for each in cells) + " |"


def _days(row: TableRow, edition: Edition) -> str:
    """Return when a row holds, where that is not as long as its edition."""
    whole = edition.valid_from.isoformat(), edition.valid_until.isoformat() if edition.valid_until is not None else ""
    return "" if (row.valid_from, row.valid_until) == whole else f" {row.valid_from} … {row.valid_until}".rstrip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def _overview(editions: Mapping[str, tuple[Edition, Listing]]) -> Iterator[str]:
    yield from (MADE, "", "# 标准限值表 Tables of the standards", "")
    yield "每个数字的把握 How sure each figure is:"
    yield ""
    yield from (f"- `{name}` {meaning}" for name, meaning in CONFIDENCES.items())
    yield ""
    yield "| | 有效 in force | 行 rows | " + " | ".join(CONFIDENCES) + " |"
    yield "| --- | --- | --- | " + " | ".join("---" for _ in CONFIDENCES) + " |"
    for name, (edition, table) in editions.items():
        counts = Counter(row.confidence.value for row in table.rows)
        until = edition.valid_until.isoformat() if edition.valid_until is not None else "…"
        link = f"[{edition.edition}]({name.removesuffix('.toml')}.md) {edition.title}"
        figures = " | ".join(str(counts[each]) for each in CONFIDENCES)
        yield f"| {link} | {edition.valid_from.isoformat()} … {until} | {len(table.rows)} | {figures} |"
    yield from ("", "# 待核实原文的条目 Rows that need the paid text")
    for edition, table in editions.values():
        doubtful = table.doubtful()
        if doubtful:
            yield from ("", f"## {edition.edition} ({len(doubtful)})", "", *_table(doubtful, edition))


def write(folder: Path = FOLDER) -> None:
    """Write every page, and remove those of editions that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(contents())
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write the pages beside the other documents."""
    write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
