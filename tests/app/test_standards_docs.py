"""The pages of `docs/standards` say what the table files say."""

from __future__ import annotations

from carcheck_desktop.app.standards_docs import FOLDER, pages
from carcheck_desktop.app.table_files import contents
from carcheck_desktop.standards.loading.listing import listing


def test_the_pages_of_the_standards_are_current() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert kept == pages(contents()), "python -m carcheck_desktop.app.standards_docs"


def test_every_row_of_every_table_is_on_its_page_and_every_doubtful_one_in_the_overview() -> None:
    made = pages(contents())
    for name, content in contents().items():
        page = made[name.replace(".toml", ".md")]
        table = listing(content)
        assert [row.key for row in table.rows if f"| `{row.key}`" not in page] == []
        assert [row.key for row in table.doubtful() if f"| `{row.key}`" not in made["README.md"]] == []
        assert all(f"| {each.id} |" in page for each in table.sources)
