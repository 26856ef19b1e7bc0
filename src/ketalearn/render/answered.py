"""The answered sheet: the questions of a visit with what was asked and noted, as PDF, text and Markdown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ketalearn.decision.visit import BY_WHEN, NEXT_STEP, SAY_BACK
from ketalearn.render import wording

if TYPE_CHECKING:
    from ketalearn.decision.visit import Visit, VisitQuestion
    from ketalearn.journey import Journey
    from ketalearn.render.formats import Paper

AnsweredFormat = Literal["pdf", "text", "markdown"]
FORMATS: tuple[AnsweredFormat, ...] = get_args(AnsweredFormat)
SUFFIX: dict[AnsweredFormat, str] = {"pdf": ".pdf", "text": ".txt", "markdown": ".md"}

TITLE = "My questions, with the answers I noted"
ASKED, NOT_ASKED = "Asked.", "Not asked."
NOTE = "My note:"
NO_NOTE = "No note."
QUESTIONS_HEADING = "What I asked"
WITHOUT_NOTES = "My notes are not on this copy."


class AnsweredRow(NamedTuple):
    """One question as printed; `note` holds its paragraphs."""

    number: str
    text: str
    state: str
    note: tuple[str, ...]
    more: str


class Answered(NamedTuple):
    """All that the answered sheet prints, in words."""

    day: str
    decision: str
    about: str
    crisis: tuple[str, ...]
    footer: str
    notices: tuple[str, ...]
    tell: tuple[str, ...]
    rows: tuple[AnsweredRow, ...]
    closing: tuple[tuple[str, tuple[str, ...]], ...]
    values: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    tell_heading: str = wording.TELL_HEADING
    matters_heading: str = wording.MATTERS_HEADING
    who_decides: str = wording.WHO_DECIDES


def stem(visit: Visit) -> str:
    """`questions-DATE-answered`: no drug and no name in a file's name."""
    return f"questions-{visit.day}-answered"


def paragraphs(note: str) -> tuple[str, ...]:
    """A note as typed, line by line, without empty lines."""
    return tuple(line.strip() for line in note.splitlines() if line.strip())


def answered_of(journey: Journey, visit: Visit, *, hide: bool = False) -> Answered:
    """The answered sheet of `visit`, with the help lines of today. With `hide`, nothing about the person."""
    from ketalearn.decision.sheet import Wishes

    sheet = journey.sheet(Wishes(hide_sensitive=hide))
    order: dict[str, int] = {}
    rows = tuple(_row(one, order, hide) for one in visit.questions if one.private or not hide)
    status = visit.status
    left_out = len(visit.questions) - len(rows)
    notes = [*status[2:]]
    # kept when the visit began; what has passed its date since then says so on the day it is saved
    today = journey.workspace.today.isoformat()
    if wording.STALE not in notes and (today > visit.review_by if visit.review_by else sheet.content.stale):
        notes.append(wording.STALE)
    if hide:
        notes.insert(0, WITHOUT_NOTES)
        if left_out:
            notes.insert(1, f"Questions of my own that are not on this copy: {left_out}.")
    step, when = paragraphs(visit.note(NEXT_STEP)), paragraphs(visit.note(BY_WHEN))
    closing = (
        (wording.SAY_BACK, paragraphs(visit.note(SAY_BACK))),
        (wording.NEXT_STEP, (*step, *(f"By when: {line}" for line in when))),
    )
    return Answered(
        day=visit.day,
        decision=visit.decision,
        about=" ".join([f"Visit of {visit.day}.", wording.DOES_NOT_SAY, *status[:2]]),
        crisis=(*sheet.crisis.lines, *sheet.crisis.notes) if wording.crisis_comes_first(sheet) else (),
        footer=wording.footer(sheet),
        notices=() if hide else visit.notices,
        tell=() if hide else visit.tell,
        rows=rows,
        closing=tuple((title, () if hide else lines) for title, lines in closing),
        values=() if hide else visit.values,
        notes=tuple(notes),
        sources=tuple(f"[{number}] {text}" for text, number in order.items()),
        tell_heading=wording.tell_heading(sheet),
        matters_heading=wording.matters_heading(sheet),
        who_decides=wording.who_decides(sheet),
    )


def _row(one: VisitQuestion, order: dict[str, int], hide: bool) -> AnsweredRow:
    """A question as printed; sources get their numbers as they come up."""
    cited = [order.setdefault(text, len(order) + 1) for text in one.sources]
    why = one.private_why if hide else one.why
    more = [why, one.who, f"[{','.join(map(str, cited))}]" if cited else ""]
    mark = "" if hide else one.mark
    return AnsweredRow(
        number=f"{one.number}." if one.number else "+",
        text=" ".join(filter(None, [mark, one.private if hide else one.text])),
        state=ASKED if one.asked else NOT_ASKED,
        note=() if hide else paragraphs(one.note),
        more=" ".join(filter(None, more)),
    )


def rendered(sheet: Answered, form: AnsweredFormat, *, paper: Paper = "letter", large_print: bool = False) -> bytes:
    """The answered sheet as bytes (UTF-8 for text and Markdown)."""
    match form:
        case "pdf":
            return to_pdf(sheet, paper=paper, large_print=large_print)
        case "markdown":
            return to_markdown(sheet).encode("utf-8", "replace")
        case "text":
            return to_text(sheet).encode("utf-8", "replace")


def to_text(sheet: Answered, width: int = 78) -> str:
    """Lines of at most `width` characters; a long word stands over."""
    out: list[str] = []

    def say(text: str, first: str = "", rest: str | None = None) -> None:
        out.extend(
            textwrap.wrap(
                wording.clean(text), width, initial_indent=first, subsequent_indent=first if rest is None else rest,
                break_long_words=False, break_on_hyphens=False,
            ) or [first.rstrip()]
        )  # fmt: skip

    def heading(text: str) -> None:
        out.extend(["", text.upper(), ""])

    for line in sheet.crisis:
        say(line)
    heading(TITLE)
    say(sheet.decision)
    say(sheet.about)
    for notice in sheet.notices:
        heading("Important")
        say(notice)
    if sheet.tell:
        heading(sheet.tell_heading)
        for line in sheet.tell:
            say(line, "- ", "  ")
    heading(QUESTIONS_HEADING)
    for row in sheet.rows:
        tick = "[x]" if row.state == ASKED else "[ ]"
        say(row.text, f"{tick} {row.number:>3} ", " " * 8)
        say(row.state, " " * 8)
        for line in row.note:
            say(line, " " * 8 + "> ")
        if row.more:
            say(row.more, " " * 8)
        out.append("")
    for title, lines in sheet.closing:
        heading(title)
        for line in lines or (NO_NOTE,):
            say(line, "> " if lines else "")
    out.append("")
    say(sheet.who_decides)
    if sheet.values:
        heading(sheet.matters_heading)
        for line in sheet.values:
            say(line, "- ", "  ")
    heading(wording.SOURCES_HEADING)
    for line in sheet.sources:
        say(line, "", "     ")
    out.append("")
    for line in sheet.notes:
        say(line)
    if not sheet.crisis:
        say(sheet.footer)
    return "\n".join(out).strip() + "\n"


def to_markdown(sheet: Answered) -> str:
    """One Markdown document; what a person typed is escaped, so that it stands as typed."""
    from ketalearn.render.markdown import escaped

    out: list[str] = [f"- {escaped(line)}" for line in sheet.crisis]
    out += ["", f"# {TITLE}", "", f"**{escaped(sheet.decision)}**", "", escaped(sheet.about), ""]
    for notice in sheet.notices:
        out += [f"> **Important.** {escaped(notice)}", ""]
    if sheet.tell:
        out += [f"## {sheet.tell_heading}", "", *(f"- {escaped(line)}" for line in sheet.tell), ""]
    out += [f"## {QUESTIONS_HEADING}", ""]
    for row in sheet.rows:
        tick = "x" if row.state == ASKED else " "
        out += [f"- [{tick}] **{row.number} {escaped(row.text).strip()}** {row.state}", ""]
        for line in row.note:
            out += [f"  > {escaped(line)}", ""]
        if row.more:
            out += [f"  {escaped(row.more)}", ""]
    for title, lines in sheet.closing:
        out += [f"## {title}", ""]
        for line in lines or (NO_NOTE,):
            out += [f"> {escaped(line)}" if lines else line, ""]
    out += [sheet.who_decides, ""]
    if sheet.values:
        out += [f"## {sheet.matters_heading}", "", *(f"- {escaped(line)}" for line in sheet.values), ""]
    out += [f"## {wording.SOURCES_HEADING}", "", *(f"- {escaped(line)}" for line in sheet.sources), ""]
    out += [escaped(line) + "\n" for line in (*sheet.notes, *(() if sheet.crisis else (sheet.footer,)))]
    return "\n".join(out).strip() + "\n"


def to_pdf(sheet: Answered, *, paper: Paper = "letter", large_print: bool = False) -> bytes:
    """A PDF that conforms to PDF/UA-1, as long as the notes need; the same sheet gives the same bytes."""
    from ketalearn.render.typeset import typeset

    data: dict[str, Any] = {
        "title": TITLE,
        **sheet._asdict(),
        "rows": [row._asdict() for row in sheet.rows],
        "closing": [{"title": title, "lines": lines} for title, lines in sheet.closing],
        "words": {
            "tell": sheet.tell_heading, "asked": QUESTIONS_HEADING, "note": NOTE, "no_note": NO_NOTE,
            "who_decides": sheet.who_decides, "matters": sheet.matters_heading,
            "sources": wording.SOURCES_HEADING,
        },
    }  # fmt: skip
    return typeset("answered.typ", data, paper=paper, large_print=large_print, day=sheet.day)
