"""The sheet as Markdown. What a person typed is escaped, so that it stands as typed."""

from __future__ import annotations

import re

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.render import wording
from ketalearn.render.wording import clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")


def escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))


def to_markdown(sheet: Sheet) -> str:
    """One Markdown document; headings in order, questions as task list entries with their numbers."""
    out: list[str] = []

    def say(text: str) -> None:
        out.extend([text, ""])

    def listed(lines: list[str]) -> None:
        out.extend([f"- {escaped(line)}" for line in lines])
        out.append("")

    def question(number: int, one: Question) -> None:
        mark = wording.marks(one)
        out.append(f"- [ ] **{number}. {f'{mark} ' if mark else ''}{escaped(one.text).strip()}**  ")
        more = wording.below(sheet, one)
        out.append(f"  {escaped(more)}")

    if wording.crisis_comes_first(sheet):
        listed([f"{line}" for line in wording.crisis_main(sheet)])
        if rest := wording.crisis_rest(sheet):
            say(escaped(rest))
    say(f"# {wording.title(sheet)}")
    say(f"**{escaped(sheet.content.decision)}**")
    say(wording.about(sheet))
    say(escaped(" ".join(wording.status(sheet)[:2])))
    for notice in sheet.notices:
        say(f"> **Important.** {escaped(notice.text)}")
    box, over = wording.tell_box(sheet)
    if box:
        say(f"## {wording.tell_heading(sheet)}")
        listed(box)
        if wording.names_a_medicine(sheet):
            say(wording.KEEP_MEDICINES)
    say(f"## {wording.FIRST_HEADING}")
    for number, one in wording.numbered(sheet.front[: wording.TOP]):
        question(number, one)
    out.extend(f"- [ ] **{wording.STARRED} {escaped(text)}**" for text in sheet.own_front)
    out.append("")
    if len(sheet.front) > wording.TOP:
        say(f"## {wording.THEN_HEADING}")
        for number, one in wording.numbered(sheet.front[wording.TOP :], wording.TOP + 1):
            question(number, one)
        out.append("")
    if over:
        say(f"## {wording.tell_heading(sheet)}, continued")
        listed(over)
    groups = wording.back_groups(sheet)
    own_at = wording.own_place(sheet)
    for at in range(len(groups) + 1):
        if at == own_at and sheet.own_back:
            say(f"## {wording.OWN_HEADING}")
            out.extend(f"- [ ] **{escaped(text)}**" for text in sheet.own_back)
            out.append("")
        for title, group in groups[at : at + 1]:
            say(f"## {title}")
            for number, one in group:
                question(number, one)
            out.append("")
    if not sheet.only_top:
        say(f"## {wording.SAY_BACK}")
        say(f"## {wording.NEXT_STEP}")
        say(wording.who_decides(sheet))
    if leaning := wording.leaning(sheet):
        say(escaped(leaning))
    if sheet.values and not sheet.only_top:
        say(f"## {wording.matters_heading(sheet)}")
        listed(list(sheet.values))
    for line in (wording.more_words(sheet), *sheet.left_out):
        if line:
            say(escaped(line))
    say(f"## {wording.SOURCES_HEADING}")
    out.extend(f"- \\[{at}\\] {escaped(line)}" for at, line in wording.paper_sources(sheet))
    out.append("")
    for line in wording.status(sheet)[2:]:
        say(escaped(line))
    if not wording.crisis_comes_first(sheet):
        say(escaped(wording.footer(sheet)))
    for part in sheet.from_clinics:
        say(f"## {escaped(part.heading)}")
        out.extend(f"- [ ] {escaped(line)}" for line in part.questions)
        out.extend(f"- {escaped(line)}" for line in part.says)
        out.append("")
    if sheet.own_extra:
        say(f"## {wording.EXTRA_HEADING}")
        out.extend(f"- [ ] {escaped(text)}" for text in sheet.own_extra)
        out.append("")
    if sheet.retold:
        say(f"## {wording.RETOLD_HEADING}")
        for told in sheet.retold:
            say(f"**{escaped(told.question)}**")
            say(escaped(told.words))
    return "\n".join(out).strip() + "\n"
