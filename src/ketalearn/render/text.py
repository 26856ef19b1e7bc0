"""The sheet as plain text, for reading aloud, e-mail and the terminal."""

from __future__ import annotations

import textwrap

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.render import wording
from ketalearn.render.wording import clean

ASCII_FORMS = {"★": "*", "✎": "-", "—": "-", "–": "-", "’": "'", "“": '"', "”": '"', "…": "...", "□": "[ ]"}
LINE = "_" * 60


def to_text(sheet: Sheet, width: int = 78, ascii: bool = False) -> str:  # noqa: A002 - the word for what it does
    """Lines of at most `width` characters (a long word may stand over); with `ascii`, no other character of ours."""
    out: list[str] = []

    def say(text: str, first: str = "", rest: str | None = None) -> None:
        wrapped = textwrap.wrap(
            clean(text), width, initial_indent=first, subsequent_indent=first if rest is None else rest,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        out.extend(wrapped or [first.rstrip()])

    def heading(text: str) -> None:
        out.extend(["", text.upper(), ""])

    def question(number: int, one: Question) -> None:
        mark = wording.marks(one)
        say(f"{mark} {one.text}" if mark else one.text, f"[ ] {number:>2}. ", " " * 8)
        say(wording.below(sheet, one), " " * 8)

    if wording.crisis_comes_first(sheet):
        for line in wording.crisis_main(sheet):
            say(line)
        if rest := wording.crisis_rest(sheet):
            out.append("")
            say(rest)
        out.append("")
    say(wording.title(sheet).upper())
    say(sheet.content.decision)
    say(wording.about(sheet))
    for line in wording.status(sheet)[:2]:
        say(line)
    for notice in sheet.notices:
        heading("Important")
        say(notice.text)
    box, over = wording.tell_box(sheet)
    if box:
        heading(wording.tell_heading(sheet))
        for line in box:
            say(line, "- ", "  ")
        if wording.names_a_medicine(sheet):
            say(wording.KEEP_MEDICINES)
    heading(wording.FIRST_HEADING)
    for number, one in wording.numbered(sheet.front[: wording.TOP]):
        question(number, one)
        out.extend([" " * 8 + LINE, ""])
    for text in sheet.own_front:
        say(f"{wording.STARRED} {text}", "[ ]  *  ", " " * 8)
        out.extend([" " * 8 + LINE, ""])
    if len(sheet.front) > wording.TOP:
        heading(wording.THEN_HEADING)
        for number, one in wording.numbered(sheet.front[wording.TOP :], wording.TOP + 1):
            question(number, one)
    if over:
        heading(f"{wording.tell_heading(sheet)}, continued")
        for line in over:
            say(line, "- ", "  ")
    groups = wording.back_groups(sheet)
    own_at = wording.own_place(sheet)
    for at in range(len(groups) + 1):
        if at == own_at and sheet.own_back:
            heading(wording.OWN_HEADING)
            for text in sheet.own_back:
                say(text, "[ ]  -  ", " " * 8)
                out.extend([" " * 8 + LINE, ""])
        for title, group in groups[at : at + 1]:
            heading(title)
            for number, one in group:
                question(number, one)
    if not sheet.only_top:
        heading(wording.SAY_BACK)
        out.extend([LINE, "", wording.NEXT_STEP, "", LINE, ""])
        say(wording.who_decides(sheet))
    if leaning := wording.leaning(sheet):
        out.append("")
        say(leaning)
    if sheet.values and not sheet.only_top:
        heading(wording.matters_heading(sheet))
        for value in sheet.values:
            say(value, "- ", "  ")
    out.append("")
    for line in (wording.more_words(sheet), *sheet.left_out):
        if line:
            say(line)
    heading(wording.SOURCES_HEADING)
    for at, line in wording.paper_sources(sheet):
        say(line, f"[{at}] ", "     ")
    out.append("")
    for line in wording.status(sheet)[2:]:
        say(line)
    if not wording.crisis_comes_first(sheet):
        say(wording.footer(sheet))
    for part in sheet.from_clinics:
        out.append("")
        say(part.heading)
        for line in part.questions:
            say(line, "[ ]  -  ", " " * 8)
        for line in part.says:
            say(line, " " * 8)
    if sheet.own_extra:
        heading(wording.EXTRA_HEADING)
        for text in sheet.own_extra:
            say(text, "[ ]  -  ", " " * 8)
    if sheet.retold:
        heading(wording.RETOLD_HEADING)
        for told in sheet.retold:
            say(told.question)
            say(told.words, "    ", "    ")
    text = "\n".join(out).strip() + "\n"
    if ascii:
        for char, form in ASCII_FORMS.items():
            text = text.replace(char, form)
    return text
