"""The owner's page as HTML: every text is escaped, nothing is loaded from elsewhere, and it can be read without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.web.progress import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.web.progress import Asked, Progress, Row

LANGUAGE_TAGS = {"zh_CN": "zh-Hans", "en": "en"}
OTHER = {"zh_CN": ("en", "English"), "en": ("zh_CN", "中文")}
SIGNS = {Mark.DONE: "✓", Mark.NOW: "▶", Mark.PAUSED: "‖", Mark.FAILED: "✕", Mark.TO_DO: "○"}


def page(progress: Progress, station: str, words: Catalogue) -> str:
    """Return the whole document of one visit."""
    as_of = words.text(Message("web.progress.as_of", {"at": progress.at}))
    return _document(station, words, fragment(progress, words), live=not progress.over, as_of=as_of)


def problem_page(problem: Problem, station: str, words: Catalogue) -> str:
    """Return a whole document that says what is wrong and what to do."""
    cause, evidence, step = words.lines(problem)
    body = f'<section class="headline failed"><h1>{escape(cause)}</h1></section>'
    body += f'<section class="asked"><p>{escape(evidence)}</p><p class="next">{escape(step)}</p></section>'
    return _document(station, words, body, live=False, as_of="")


def fragment(progress: Progress, words: Catalogue) -> str:
    """Return what changes while the page is open."""
    parts = [_head(progress, words)]
    parts += [_call(call, words) for call in progress.calls]
    parts += _asked(progress.asked, words)
    parts.append(_list("steps", words.text(Message("web.progress.steps")), progress.steps, words))
    if progress.items:
        parts.append(_list("items", words.text(Message("web.progress.items")), progress.items, words))
    if progress.key is not None:
        parts.append(_section("key", _p(words.text(progress.key))))
    return "".join(parts)


def _document(station: str, words: Catalogue, body: str, *, live: bool, as_of: str) -> str:
    said = words.text
    other, other_name = OTHER.get(words.language, OTHER["en"])
    lost = escape(said(Message("web.page.lost")), quote=True)
    without_scripts = '<noscript><meta http-equiv="refresh" content="20"></noscript>' if live else ""
    return (
        f'<!doctype html><html lang="{LANGUAGE_TAGS.get(words.language, "en")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f"{without_scripts}<title>{escape(said(Message('web.page.title', {'station': station})))}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/progress.css">'
        '<script src="/static/progress.js" defer></script></head>'
        f'<body data-live="{"yes" if live else "no"}" data-lost="{lost}">'
        f'<header><span class="station">{escape(station)}</span>'
        f'<a href="?lang={other}" hreflang="{LANGUAGE_TAGS[other]}" lang="{LANGUAGE_TAGS[other]}">{other_name}</a></header>'
        '<p id="lost" role="status" hidden></p>'
        f'<main id="progress" aria-live="polite">{body}</main>'
        f'<footer id="as_of">{escape(as_of)}</footer></body></html>'
    )


def _head(progress: Progress, words: Catalogue) -> str:
    said = words.text
    number = said(Message("web.progress.number", {"number": progress.number})) if progress.number else ""
    lines = [f'<p class="who"><strong>{escape(number)}</strong> <span>{escape(progress.plate)}</span></p>']
    if progress.simulated:
        lines.append(f'<p class="simulated">{escape(said(Message("web.progress.simulated")))}</p>')
    sign = f'<span class="sign" aria-hidden="true">{SIGNS[progress.mark]}</span>'
    lines.append(f"<h1>{sign}{escape(said(progress.headline))}</h1>")
    if progress.finish is not None:
        lines.append(f'<p class="finish">{escape(said(progress.finish))}</p>')
    if progress.late is not None:
        lines.append(f'<p class="late">{escape(said(progress.late))}</p>')
    return f'<section class="headline {progress.mark.value}">{"".join(lines)}</section>'


def _call(call: Message, words: Catalogue) -> str:
    return f'<section class="call" role="alert"><p>{escape(words.text(call))}</p></section>'


def _asked(asked: Iterable[Asked], words: Catalogue) -> list[str]:
    return [
        _section("asked", f'{_p(words.text(each.evidence))}<p class="next">{escape(words.text(each.next_step))}</p>')
        for each in asked
    ]


def _list(name: str, title: str, rows: Iterable[Row], words: Catalogue) -> str:
    return f'<section class="{name}"><h2>{escape(title)}</h2><ol>{"".join(_row(row, words) for row in rows)}</ol></section>'


def _row(row: Row, words: Catalogue) -> str:
    said = words.text
    name = said(row.name)
    if row.axle:
        name = said(Message("web.progress.of_axle", {"item": name, "axle": row.axle}))
    mark = said(Message(f"web.mark.{row.mark.value}"))
    more = said(row.said) if row.said is not None else ""
    return (
        f'<li class="{row.mark.value}"><span class="sign" role="img" aria-label="{escape(mark, quote=True)}">{SIGNS[row.mark]}</span>'
        f'<span class="name">{escape(name)}<small>{escape(more or mark)}</small></span>'
        f'<span class="at">{escape(row.at)}</span></li>'
    )


def _section(name: str, inner: str) -> str:
    return f'<section class="{name}">{inner}</section>'


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"
