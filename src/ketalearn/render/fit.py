"""What fits on one sheet of paper: two sides, whatever its size, with type that never shrinks.

Heights are estimated from the widths of the shipped font, on the narrower and on the shorter of the two papers, so
that letter and A4 carry the same questions, and so does every other format. What does not fit goes to `more`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.decision.triggers import Rank
from ketalearn.render import wording

TABLE = Path(__file__).parent / "fonts" / "table.json"

MM = 25.4 / 72
# (width, height) in mm inside the template's margins: letter, then A4
PAPERS = ((215.9 - 24, 279.4 - 23), (210 - 24.0, 297 - 23.0))
INDENT = 8.5
LEADING = 0.42
CAP = 0.714
WRITING = 7.5
DENSEST = 4
FLOWING = 3
# widths of letters that the table does not hold: other scripts are wider, Chinese, Japanese and Korean a full square
OTHER_LETTER = 0.75
SQUARE_FROM = "\u2e80"


@cache
def _widths() -> tuple[dict[str, float], dict[str, float]]:
    table = json.loads(TABLE.read_text("utf-8"))
    return table["regular"], table["bold"]


def lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """How many lines `text` takes at `size` points in `width` mm."""
    table = _widths()[1 if bold else 0]
    em = size * MM
    room = width
    count = 1
    space = table[" "] * em
    for word in text.split():
        wide = sum(table.get(char, 1 if char >= SQUARE_FROM else OTHER_LETTER) for char in word) * em
        if wide > room and room < width:
            count += 1
            room = width
        while wide > width:
            count += 1
            wide -= width
        room -= wide + space
    return count


def height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """The height of a paragraph in mm, its leading included."""
    return lines(text, size, width, bold=bold) * size * MM * (CAP + LEADING)


def _heading() -> float:
    return 11 * MM * (0.85 + CAP + 0.5)


def _question(sheet: Sheet, question: Question, wide: float, writing: int = 0) -> float:
    mark = wording.marks(question)
    more = wording.below(sheet, question, sheet.dense)
    width = wide - INDENT
    return (
        height(f"{mark} {question.text}", 11, width, bold=True)
        + height(more, 9, width)
        # the last line of each paragraph has no leading; 0.4 em after the question, one leading after its reason
        - (0.42 * 11 - 0.4 * 9) * MM
        + writing * WRITING
    )


def front_height(sheet: Sheet, wide: float, writing: int | None = None) -> float:
    """The height of the front in mm with `writing` lines under each of the first questions (as few as may be)."""
    if writing is None:
        writing = 1 if sheet.dense else 2
    total = height(wording.title(sheet), 15, wide, bold=True) + height(sheet.content.decision, 11, wide, bold=True)
    about = f"{wording.about(sheet)} {' '.join(wording.status(sheet)[:2])}"
    total += height(about, 9, wide) + 2
    if wording.crisis_comes_first(sheet):
        total += sum(height(line, 13, wide - 10, bold=True) for line in wording.crisis_main(sheet))
        total += height(wording.crisis_rest(sheet), 9, wide - 5) + 9
    total += sum(height(f"Important. {notice.text}", 11, wide - 6, bold=True) + 4 for notice in sheet.notices)
    box, _ = wording.tell_box(sheet)
    if box:
        column = (wide - 16) / 2 if len(box) > 3 else wide - 10
        tall = sum(height(line, 10, column) for line in box)
        total += _heading() + (tall / 2 + 4 if len(box) > 3 else tall) + 8
    total += _heading()
    total += sum(_question(sheet, one, wide, writing) for one in sheet.front[: wording.TOP])
    total += sum(height(text, 11, wide - INDENT, bold=True) + WRITING + 3 for text in sheet.own_front)
    if len(sheet.front) > wording.TOP:
        total += _heading() + sum(_question(sheet, one, wide) for one in sheet.front[wording.TOP :])
    return total


def _tell_over_height(sheet: Sheet, wide: float) -> float:
    """The height of the Tell lines that the box had no room for, in mm."""
    _, over = wording.tell_box(sheet)
    half = -(-len(over) // 2)
    columns = (over[:half], over[half:])
    return (_heading() if over else 0) + max(
        sum(height(line, 10, (wide - 5) / 2 - 4) for line in part) for part in columns
    )


def back_height(sheet: Sheet, wide: float, *, end_only: bool = False) -> float:
    """The height of all that follows the front, extra page aside, in mm."""
    total = _tell_over_height(sheet, wide)
    for _, group in wording.back_groups(sheet):
        total += _heading() + sum(_question(sheet, one, wide) for _, one in group)
    if sheet.own_back:
        total += _heading() + sum(
            height(text, 11, wide - INDENT, bold=True) + own_lines(sheet) * WRITING + 3 for text in sheet.own_back
        )
    if not end_only:
        total += (
            2 * _heading()
            + (wording.say_back_lines(sheet) + 1) * WRITING
            + height(wording.who_decides(sheet), 9, wide)
            + 4
        )
    if sheet.leaning and not end_only:
        total += height(wording.leaning(sheet), 9, wide) + 2
    if sheet.values and not end_only:
        total += height(f"{wording.matters_heading(sheet)}: {'; '.join(sheet.values)}.", 9, wide, bold=True) + 2
    notes = " ".join([wording.more_words(sheet), *sheet.left_out, *wording.status(sheet)[2:]])
    total += height(notes, 9, wide) + 2
    column = (wide - 10) / 3
    sources = [height(f"[{at}] {text}", 7.5, column) for at, text in wording.paper_sources(sheet)]
    return total + sum(sources) / 3 + 5


def own_lines(sheet: Sheet) -> int:
    """How many writing lines each question of the person's own has on the back."""
    return 0 if sheet.dense >= DENSEST else 1


def extra_lines(sheet: Sheet) -> int:
    """How many writing lines each question on the extra page has: one where all of them fit on it so."""
    for wide, tall in PAPERS:
        rows = (height(text, 11, wide - INDENT, bold=True) + WRITING + 3 for text in sheet.own_extra)
        if _heading() + sum(rows) > tall - 8:
            return 0
    return 1


def writing_lines(sheet: Sheet) -> int:
    """How many writing lines each of the first questions has: 2, and up to 6 where there is room.

    A page that cannot hold two gives one where the first questions are alone, so that they stay on one side, and where
    the paper is dense.
    """
    spare = 4 if sheet.only_top else 8
    for count in (6, 5, 4, 3) if sheet.only_top else (4, 3):
        if all(_one_side(sheet, count, wide) < tall - spare for wide, tall in PAPERS):
            return count
    if sheet.dense and not sheet.only_top:
        return 1
    if not sheet.only_top or all(_one_side(sheet, 2, wide) < tall - spare for wide, tall in PAPERS):
        return 2
    return 1


def _one_side(sheet: Sheet, writing: int, wide: float) -> float:
    """The height of what stands on the first side when each first question has `writing` lines, in mm."""
    front = front_height(sheet, wide, writing)
    if sheet.only_top or one_side(sheet):
        return front + back_height(sheet, wide, end_only=sheet.only_top)
    return front


def one_side(sheet: Sheet) -> bool:
    """Whether all but an extra page stands on one side, as a sheet for one person may."""
    return all(front_height(sheet, wide) + back_height(sheet, wide) < tall - 8 for wide, tall in PAPERS)


def flows(sheet: Sheet) -> bool:
    """Whether the back follows on without a new page: the front needs more than its side, one side holds all, or the
    fullest paper needs what room the front has left."""
    if sheet.dense >= FLOWING and not sheet.only_top:
        # the Tell lines that go on after the front stand together
        return all(front_height(sheet, wide) + _tell_over_height(sheet, wide) < tall for wide, tall in PAPERS) or any(
            front_height(sheet, wide) > tall for wide, tall in PAPERS
        )
    return one_side(sheet) or any(front_height(sheet, wide) > tall for wide, tall in PAPERS)


def fit(sheet: Sheet) -> Sheet:
    """The same sheet with what does not fit on two sides moved to the head of `more`, last in rank first.

    Red flags and starred questions stay on paper, whatever that takes; base musts stay as long as anything else can
    make room, since they are on every sheet (contract, "Order"). Where a must by the person's own facts or by a quiz
    answer would have to go, the reasons on paper grow shorter first: the questions outrank them.
    """
    made = _trimmed(sheet)
    for dense, needed in ((1, Rank.QUIZ_MUST), (2, Rank.OWN_MUST), (3, Rank.OWN_MUST)):
        if made.only_top or not _lost(sheet, made, needed):
            return made
        made = _trimmed(replace(sheet, dense=dense))
    return made if _fits(made) else _trimmed(replace(sheet, dense=DENSEST))


def _lost(sheet: Sheet, made: Sheet, needed: Rank) -> bool:
    """Whether a question of rank `needed` or better left the paper on the way from `sheet` to `made`."""
    kept = {one.topic for one in made.on_paper}
    return any(one.rank <= needed and one.topic not in kept for one in sheet.on_paper)


def _trimmed(sheet: Sheet) -> Sheet:
    while not _fits(sheet):
        movable = [one for one in (*sheet.front[wording.TOP :], *sheet.back) if not (one.pinned or one.starred)]
        if not movable:
            return sheet
        last = next((one for one in reversed(movable) if not one.base_must), movable[-1])
        sheet = _without(sheet, last)
    return sheet


def _without(sheet: Sheet, gone: Question) -> Sheet:
    """The sheet with one question of its paper in `more`; the front keeps its count while the back can fill it."""
    front = tuple(one for one in sheet.front if one is not gone)
    back = tuple(one for one in sheet.back if one is not gone)
    if len(front) < len(sheet.front):
        # a further red flag leads the back and stays there
        up = next((one for one in back if not one.pinned), None)
        if up is not None:
            front, back = (*front, up), tuple(one for one in back if one is not up)
    return replace(sheet, front=front, back=back, more=(gone, *sheet.more))


def _fits(sheet: Sheet) -> bool:
    flowing = flows(sheet)
    for wide, tall in PAPERS:
        front, back = front_height(sheet, wide), back_height(sheet, wide)
        # a question is never broken in two, so a page that flows may end early
        if (front + back > 2 * tall - 12) if flowing else (back > tall):
            return False
    return True
