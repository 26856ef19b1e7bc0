"""The empty form in five formats. Its parts are named once, in `sections`; each format lays them out."""

from __future__ import annotations

import json
import textwrap
from html import escape
from typing import NamedTuple

from ketalearn.decision.blank import OWN_LINES, TELL_LINES, Blank
from ketalearn.render import wording
from ketalearn.render.wording import clean

TITLE = "My questions for my visit"
ABOUT = "Date of my visit: ____________________  An empty form to fill in by hand. You need not put your name on it."
TELL_WORDS = "My health problems, and all that I take: pills, herbs and drugs too."
SUGGESTED_HEADING = "Questions that many people need to ask"
SUGGESTED_WORDS = "Tick the ones you want to ask."
OWN_WORDS = "One to a line, with room for the answer. Put a star by the three that matter most."


class Section(NamedTuple):
    """One part under a heading: words, rows to tick, numbered empty rows, lines to write on, words after them."""

    title: str
    words: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    empty: int = 0
    lines: int = 0
    after: str = ""
    over: bool = False
    """True for the part that begins the other side of the paper."""


def sections(blank: Blank) -> tuple[Section, ...]:
    """The parts of the form in order, the source key aside."""
    return (
        Section(wording.TELL_HEADING, TELL_WORDS, lines=TELL_LINES),
        Section(
            SUGGESTED_HEADING,
            SUGGESTED_WORDS,
            rows=tuple((clean(one.text), blank.numbers(one)) for one in blank.suggested),
        ),
        Section(wording.OWN_HEADING, OWN_WORDS, empty=OWN_LINES, over=True),
        Section(wording.SAY_BACK, lines=2),
        Section(wording.NEXT_STEP, lines=1, after=wording.WHO_DECIDES),
    )


def _status(blank: Blank) -> list[str]:
    return [wording.DOES_NOT_SAY, *wording.content_status(blank.content)]


def _sources(blank: Blank) -> list[str]:
    return [f"[{line.number}] {clean(line.text)}" for line in blank.source_key]


def to_text(blank: Blank, *, ascii: bool = False, width: int = 78) -> str:  # noqa: A002 - the word for what it does
    """Lines of at most `width` characters; with `ascii`, no other character of ours."""
    from ketalearn.render.text import ASCII_FORMS, LINE

    out = [TITLE.upper()]

    def say(text: str, first: str = "", rest: str = "") -> None:
        out.extend(textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False))

    for line in (blank.content.decision, ABOUT, *_status(blank)):
        say(line)
    for part in sections(blank):
        out.extend(["", part.title.upper(), ""])
        if part.words:
            out.extend([*textwrap.wrap(part.words, width), ""])
        for text, numbers in part.rows:
            say(f"{text} {numbers}", "[ ] ", "    ")
        for number in range(1, part.empty + 1):
            out.extend([f"{number:>2}. {LINE}", "", f"    {LINE}", ""])
        for _ in range(part.lines):
            out.extend([LINE, ""])
        if part.after:
            say(part.after)
    out.extend(["", wording.SOURCES_HEADING.upper(), ""])
    for line in _sources(blank):
        say(line, "", "    ")
    out.append("")
    for line in wording.crisis_words(blank.crisis):
        say(line)
    text = "\n".join(out).strip() + "\n"
    if ascii:
        for char, form in ASCII_FORMS.items():
            text = text.replace(char, form)
    return text


def to_markdown(blank: Blank) -> str:
    from ketalearn.render.markdown import escaped
    from ketalearn.render.text import LINE

    rule = escaped(LINE)
    out = [f"# {TITLE}", f"**{escaped(blank.content.decision)}**", escaped(ABOUT), escaped(" ".join(_status(blank)))]
    for part in sections(blank):
        out.append(f"## {part.title}")
        out += [part.words] if part.words else []
        if part.rows:
            out.append("\n".join(f"- [ ] **{escaped(text)}** {escaped(numbers)}" for text, numbers in part.rows))
        if part.empty:
            out.append("\n".join(f"{number}. {rule}\n\n   {rule}\n" for number in range(1, part.empty + 1)))
        out += [rule] * part.lines
        out += [part.after] if part.after else []
    out += [f"## {wording.SOURCES_HEADING}", "\n".join(f"- {escaped(line)}" for line in _sources(blank))]
    out += [escaped(line) for line in wording.crisis_words(blank.crisis)]
    return "\n\n".join(out).strip() + "\n"


def to_html(blank: Blank) -> str:
    """A whole HTML document in UTF-8, self-contained."""
    from ketalearn.render.html import POLICY, STYLE

    write = "<div class='write'></div>"
    body = [f"<h1>{TITLE}</h1>", f"<p class='decision'>{escape(blank.content.decision)}</p>", f"<p>{ABOUT}</p>"]
    body.append(f"<p class='status'>{escape(' '.join(_status(blank)))}</p>")
    for part in sections(blank):
        body.append(f"<h2>{escape(part.title)}</h2>")
        body += [f"<p>{escape(part.words)}</p>"] if part.words else []
        if part.rows:
            rows = (f"<li><p class='ask'>□ {escape(text)} {numbers}</p></li>" for text, numbers in part.rows)
            body.append(f"<ul>{''.join(rows)}</ul>")
        if part.empty:
            body.append(f"<ol>{f'<li>{write * 2}</li>' * part.empty}</ol>")
        body += [write] * part.lines
        body += [f"<p>{escape(part.after)}</p>"] if part.after else []
    body.append(f"<h2>{wording.SOURCES_HEADING}</h2>")
    body.append(f"<ul class='sources'>{''.join(f'<li>{escape(line)}</li>' for line in _sources(blank))}</ul>")
    crisis = "".join(f"<li>{escape(line)}</li>" for line in wording.crisis_words(blank.crisis))
    body.append(f"<section class='crisis' aria-label='Crisis help'><ul>{crisis}</ul></section>")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{TITLE}</title><style>{STYLE.read_text('utf-8')}</style></head>"
        f"<body><main>{chr(10).join(body)}</main></body></html>\n"
    )


def to_json(blank: Blank) -> str:
    return json.dumps(blank.as_dict(), indent=2, ensure_ascii=False) + "\n"


def to_pdf(blank: Blank, *, paper: str = "letter", large_print: bool = False) -> bytes:
    """One sheet of paper, two sides; large print takes more."""
    from ketalearn.render.typeset import typeset

    data = {
        "title": TITLE,
        "decision": blank.content.decision,
        "about": ABOUT,
        "status": " ".join(_status(blank)),
        "sections": [part._asdict() for part in sections(blank)],
        "sources": _sources(blank),
        "footer": " ".join(wording.crisis_words(blank.crisis)),
        "notes": [],
        "words": {"sources": wording.SOURCES_HEADING},
    }
    return typeset("blank.typ", data, paper=paper, large_print=large_print, day=blank.today)
