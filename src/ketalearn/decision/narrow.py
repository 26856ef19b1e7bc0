"""A made sheet, narrowed: to its first three questions. Nothing is raised or ranked here."""

from __future__ import annotations

from dataclasses import replace

from ketalearn.decision.sheet import Sheet

TOP = 3


def top_three(sheet: Sheet) -> Sheet:
    """The Top 3 and the person's own starred questions; all else moves to `more`, in its order.

    Own questions that are not starred are counted in `left_out`, since `more` holds questions of the bank alone.
    """
    own_left = len(sheet.own_back) + len(sheet.own_extra)
    left_out = sheet.left_out
    if own_left:
        words = "1 question of your own is" if own_left == 1 else f"{own_left} questions of your own are"
        left_out = (*left_out, f"{words} on the full sheet only.")
    flags = sum(question.pinned for question in (*sheet.front[TOP:], *sheet.back))
    if flags:
        words = "1 more question to talk about first is" if flags == 1 else f"{flags} more to talk about first are"
        left_out = (*left_out, f"{words} on the full sheet.")
    if sheet.retold:
        left_out = (*left_out, "What you said in your own words is on the full sheet only.")
    return replace(
        sheet,
        retold=(),
        only_top=True,
        leaning="",
        front=sheet.front[:TOP],
        back=(),
        more=(*sheet.front[TOP:], *sheet.back, *sheet.more),
        own_questions=sheet.own_front,
        own_back=(),
        own_extra=(),
        left_out=left_out,
    )
