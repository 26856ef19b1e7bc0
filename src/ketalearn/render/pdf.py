"""The sheet as a PDF: its words, for the template that lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.render import wording
from ketalearn.render.fit import extra_lines, flows, own_lines, writing_lines
from ketalearn.render.typeset import typeset

if TYPE_CHECKING:
    from ketalearn.render.choices import ChoicesPage
    from ketalearn.render.plan import PlanPage


def document(sheet: Sheet, *, large_print: bool, qr: bool = False) -> dict[str, Any]:
    """All words of the paper as plain strings and lists, for the template."""
    box, over = wording.tell_box(sheet)
    crisis_first = wording.crisis_comes_first(sheet)
    front = list(wording.numbered(sheet.front))
    status = wording.status(sheet)
    return {
        "title": wording.title(sheet),
        "only_top": sheet.only_top,
        "lines": writing_lines(sheet),
        "flow": large_print or flows(sheet),
        "decision": sheet.content.decision,
        "about": f"{wording.about(sheet)} {status[0]} {status[1]}",
        "crisis": wording.crisis_main(sheet) if crisis_first else [],
        "crisis_rest": wording.crisis_rest(sheet) if crisis_first else "",
        "footer": wording.footer(sheet),
        "notices": [notice.text for notice in sheet.notices],
        "tell": box,
        "tell_over": over,
        "keep_medicines": wording.KEEP_MEDICINES if wording.names_a_medicine(sheet) else "",
        "top": [_row(sheet, at, one) for at, one in front[: wording.TOP]],
        "then": [_row(sheet, at, one) for at, one in front[wording.TOP :]],
        "own_front": list(sheet.own_front),
        "back": [
            {"title": title, "rows": [_row(sheet, at, one) for at, one in group]}
            for title, group in wording.back_groups(sheet)
        ],
        "own_back": list(sheet.own_back),
        "own_at": wording.own_place(sheet),
        "own_lines": own_lines(sheet),
        "extra_lines": extra_lines(sheet),
        "say_back_lines": wording.say_back_lines(sheet),
        "own_extra": list(sheet.own_extra),
        "retold": [{"question": one.question, "words": one.words} for one in sheet.retold],
        "clinics": [
            {"heading": part.heading, "questions": list(part.questions), "says": list(part.says)}
            for part in sheet.from_clinics
        ],
        "values": list(sheet.values),
        "notes": [line for line in (wording.more_words(sheet), *sheet.left_out, *status[2:]) if line],
        "sources": [f"[{at}] {line}" for at, line in wording.paper_sources(sheet)],
        "qr": _qr(sheet) if qr else None,
        "words": {
            "tell": wording.tell_heading(sheet),
            "tell_over": f"{wording.tell_heading(sheet)}, continued",
            "first": wording.FIRST_HEADING,
            "then": wording.THEN_HEADING,
            "own": wording.OWN_HEADING,
            "extra": wording.EXTRA_HEADING,
            "retold": wording.RETOLD_HEADING,
            "say_back": wording.SAY_BACK,
            "next_step": wording.NEXT_STEP,
            "who_decides": wording.who_decides(sheet),
            "leaning": wording.leaning(sheet),
            "matters": wording.matters_heading(sheet),
            "sources": wording.SOURCES_HEADING,
        },
    }


def _qr(sheet: Sheet) -> dict[str, Any]:
    from ketalearn.render import qr

    code = qr.drawn(sheet)
    return {"svg": qr.svg(code), "side": qr.side(code), "alt": qr.ALT, "title": qr.HEADING,
            "lines": [qr.NOT_A_LINK, qr.WARNING]}  # fmt: skip


def _row(sheet: Sheet, number: int, question: Question) -> dict[str, Any]:
    return {
        "number": number,
        "mark": wording.marks(question),
        "text": question.text,
        "more": wording.below(sheet, question, sheet.dense),
    }


def to_pdf(
    sheet: Sheet,
    *,
    paper: str = "letter",
    large_print: bool = False,
    qr: bool = False,
    choices: ChoicesPage | None = None,
    plan: PlanPage | None = None,
) -> bytes:
    """The PDF, with the form to fill in and the page of choices last; the same sheet gives the same bytes."""
    data = document(sheet, large_print=large_print, qr=qr)
    if choices is not None:
        from ketalearn.render.choices import data as page_of

        data["choices"] = page_of(choices)
    if plan is not None:
        from ketalearn.render.plan import data as form_of

        data["plan"] = form_of(plan)
    return typeset("sheet.typ", data, paper=paper, large_print=large_print, day=sheet.today)
