"""The sheet as one self-contained web page: semantic, no script, no request, prints black on white."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.render import wording
from ketalearn.render.wording import clean

STYLE = Path(__file__).parent / "templates" / "sheet.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(sheet: Sheet, *, qr: bool = False) -> str:
    """A whole HTML document in UTF-8."""
    body: list[str] = []

    def tag(name: str, text: str, kind: str = "") -> None:
        body.append(f"<{name}{f' class={kind!r}' if kind else ''}>{escape(clean(text))}</{name}>")

    def listed(lines: list[str], kind: str = "") -> None:
        rows = "".join(f"<li dir='auto'>{escape(clean(line))}</li>" for line in lines)
        body.append(f"<ul{f' class={kind!r}' if kind else ''}>{rows}</ul>")

    def questions(rows: list[tuple[int, Question]], kind: str = "", own: tuple[str, ...] = ()) -> None:
        start = rows[0][0] if rows else 1
        body.append(f"<ol start='{start}'{f' class={kind!r}' if kind else ''}>")
        for _, one in rows:
            mark = wording.marks(one)
            marked = f"<strong class='mark'>{escape(mark)}</strong> " if mark else ""
            more = wording.below(sheet, one)
            body.append(
                f"<li><p class='ask' dir='auto'>{marked}{escape(clean(one.text))}</p>"
                f"<p class='why'>{escape(clean(more))}</p></li>"
            )
        body.append("</ol>")
        if own:
            listed([f"{wording.STARRED} {text}" for text in own], "own")

    def crisis(lines: list[str], rest: str = "") -> None:
        body.append(f"<section class='crisis{' first' if rest else ''}' aria-label='Crisis help'>")
        listed(lines)
        if rest:
            tag("p", rest)
        body.append("</section>")

    if wording.crisis_comes_first(sheet):
        crisis(wording.crisis_main(sheet), wording.crisis_rest(sheet))
    tag("h1", wording.title(sheet))
    tag("p", sheet.content.decision, "decision")
    tag("p", wording.about(sheet))
    tag("p", " ".join(wording.status(sheet)[:2]), "status")
    for notice in sheet.notices:
        body.append(f"<p class='notice'><strong>Important.</strong> {escape(clean(notice.text))}</p>")
    box, over = wording.tell_box(sheet)
    if box:
        body.append("<section class='tell' aria-labelledby='tell'>")
        body.append(f"<h2 id='tell'>{wording.tell_heading(sheet)}</h2>")
        listed(box)
        if wording.names_a_medicine(sheet):
            tag("p", wording.KEEP_MEDICINES)
        body.append("</section>")
    tag("h2", wording.FIRST_HEADING)
    questions(list(wording.numbered(sheet.front[: wording.TOP])), "top", sheet.own_front)
    if len(sheet.front) > wording.TOP:
        tag("h2", wording.THEN_HEADING)
        questions(list(wording.numbered(sheet.front[wording.TOP :], wording.TOP + 1)))
    if over:
        tag("h2", f"{wording.tell_heading(sheet)}, continued")
        listed(over, "over")
    groups = wording.back_groups(sheet)
    own_at = wording.own_place(sheet)
    for at in range(len(groups) + 1):
        if at == own_at and sheet.own_back:
            tag("h2", wording.OWN_HEADING)
            listed(list(sheet.own_back), "own lined")
        for title, group in groups[at : at + 1]:
            tag("h2", title)
            questions(group)
    if not sheet.only_top:
        for title in (wording.SAY_BACK, wording.NEXT_STEP):
            tag("h2", title)
            body.append("<div class='write'></div>")
        tag("p", wording.who_decides(sheet))
    if leaning := wording.leaning(sheet):
        tag("p", leaning)
    if sheet.values and not sheet.only_top:
        tag("h2", wording.matters_heading(sheet))
        listed(list(sheet.values))
    for line in (wording.more_words(sheet), *sheet.left_out):
        if line:
            tag("p", line)
    tag("h2", wording.SOURCES_HEADING)
    listed([f"[{at}] {line}" for at, line in wording.paper_sources(sheet)], "sources")
    for line in wording.status(sheet)[2:]:
        tag("p", line, "status")
    if not wording.crisis_comes_first(sheet):
        crisis([wording.footer(sheet)])
    for at, part in enumerate(sheet.from_clinics, start=1):
        body.append(f"<section class='tell' aria-labelledby='clinic{at}'>")
        body.append(f"<h2 id='clinic{at}' dir='auto'>{escape(clean(part.heading))}</h2>")
        listed([*part.questions, *part.says])
        body.append("</section>")
    if sheet.own_extra:
        tag("h2", wording.EXTRA_HEADING)
        listed(list(sheet.own_extra), "own")
    if sheet.retold:
        tag("h2", wording.RETOLD_HEADING)
        for one in sheet.retold:
            tag("h3", one.question)
            tag("p", one.words)
    if qr:
        body.append(_qr(sheet))
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(wording.title(sheet))}</title>"
        f"<style>{STYLE.read_text('utf-8')}{_page_feet(wording.footer(sheet))}</style></head>"
        f"<body><main>{chr(10).join(body)}</main></body></html>\n"
    )


def _page_feet(words: str) -> str:
    """The crisis line and the page number at the foot of every printed page, as on the PDF."""
    safe = "".join(char if char.isalnum() or char in " .,:;-" else f"\\{ord(char):x} " for char in words)
    foot = "font: 8pt system-ui, sans-serif; color: #000; vertical-align: top; padding-top: 2mm;"
    page = 'content: "Page " counter(page) " of " counter(pages); width: 20%; text-align: right;'
    return (
        "@page { margin: 9mm 12mm 14mm; "
        f'@bottom-left {{ content: "{safe}"; width: 80%; {foot} }} @bottom-right {{ {page} {foot} }} }}'
    )


def _qr(sheet: Sheet) -> str:
    """A section with the code as a drawing, on a page of its own when printed."""
    from ketalearn.render import qr

    code = qr.drawn(sheet)
    drawing = qr.svg(code, omitsize=True, svgclass="code", svgns=False)
    named = f"<svg role='img' aria-label='{escape(qr.ALT)}' style='width:{qr.side(code)}mm'"
    return (
        f"<section class='page' aria-labelledby='code'><h2 id='code'>{qr.HEADING}</h2>"
        f"<p>{qr.NOT_A_LINK}</p><p><strong>{qr.WARNING}</strong></p>{drawing.replace('<svg', named, 1)}</section>"
    )
