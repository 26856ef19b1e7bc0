"""What lies where on paper, read back from the PDF: inside the margins, nothing over anything, room to write."""

from __future__ import annotations

import io
import re
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.decision.blank import blank_form
from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import rendered
from tests.render.reading import pdf_text
from tests.render.test_paper import OWN, PEOPLE, instructions, sizes_in
from tests.support import TODAY, profiles, real_pack

MM = 72 / 25.4
MARGIN = 12 * MM
LONG = (
    "I would like to know what happens if I feel worse in the middle of the second week, when my sister is away "
    "and there is no one at home who could look after my two boys or drive me to the clinic, or to the emergency room?"
)
DENSE: dict[str, Profile] = {
    "normal": PEOPLE["acceptance"],
    "dense": PEOPLE["many troubles"],
    "long answers and forty questions": Profile(
        own_questions=tuple(f"{n}. {LONG}" for n in range(40)), own_value=LONG, starred=("own:1", "own:2", "own:3"),
        medicine_names=("A medicine with a very long name that does not end so soon",) * 3,
        edited={"driving": LONG, "total_cost": LONG},
        conditions=PEOPLE["many troubles"].conditions,
    ),
    "forty of her own": Profile(own_questions=OWN),
}  # fmt: skip


class Line(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    words: str


def lines_of(data: bytes) -> tuple[list[Line], tuple[float, float]]:
    """The lines of text with their boxes in points from the top left, and the size of the paper."""
    told = pdf_text(data, "-bbox-layout")
    found = []
    pages = told.split("<page ")[1:]
    for at, page in enumerate(pages):
        for box, inside in re.findall(r"<line ([^>]*)>(.*?)</line>", page, re.DOTALL):
            left, top, right, bottom = (float(value) for value in re.findall(r'="([-\d.]+)"', box))
            found.append(Line(at, left, top, right, bottom, " ".join(re.findall(r">([^<>]+)</word>", inside))))
    width, height = (float(value) for value in re.findall(r'="([\d.]+)"', pages[0])[:2])
    return found, (width, height)


def rules_of(data: bytes) -> list[list[float]]:
    """For each page the heights of its writing lines, from the top, in points."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            shift, drawn = [0.0], set()
            for operands, operator in instructions(page):
                match str(operator):
                    case "q":
                        shift.append(shift[-1])
                    case "Q":
                        shift.pop()
                    case "cm":
                        shift[-1] += float(operands[5])
                    case "l" if float(operands[0]) > 100:
                        drawn.add(round(abs(shift[-1]), 1))
            found.append(sorted(drawn))
    return found


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", DENSE)
def test_nothing_leaves_the_margins_and_no_line_lies_on_another(name: str, paper: Any) -> None:
    sheet = fit(build_sheet(real_pack(), DENSE[name], TODAY))
    for made in (sheet, top_three(sheet)):
        found, (width, height) = lines_of(rendered(made, "pdf", paper=paper))
        assert len(found) > 20
        for line in found:
            assert MARGIN - 1 <= line.left < line.right <= width - MARGIN + 1, line
            assert 5 * MM <= line.top < line.bottom <= height - 3 * MM, line
        # a box is as tall as the font's tallest letter; its middle half is what letters fill
        cores = [
            line._replace(top=line.top + quarter, bottom=line.bottom - quarter)
            for line in found
            for quarter in [(line.bottom - line.top) / 4]
        ]
        for one, two in combinations(cores, 2):
            if one.page == two.page and one.left < two.right - 1 and two.left < one.right - 1:
                assert one.bottom <= two.top or two.bottom <= one.top, (one, two)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_sizes_of_type_and_room_to_write_are_as_promised(paper: Any) -> None:
    sheet = fit(build_sheet(real_pack(), DENSE["dense"], TODAY))
    blank = blank_form(real_pack(), TODAY)
    for made in (sheet, blank, top_three(fit(build_sheet(real_pack(), DENSE["normal"], TODAY)))):
        data = rendered(made, "pdf", paper=paper)
        sizes = sizes_in(data)
        assert min(sizes) == 7.5
        assert {11.0, 9.0, 7.5} <= set(sizes)
        pages = rules_of(data)
        assert any(pages)
        for heights in pages:
            assert all(gap >= 7 * MM - 0.2 for gap in (low - high for high, low in pairwise(heights))), heights
    own = rules_of(rendered(blank, "pdf", paper=paper))[1]
    assert len(own) == 10 * 2 + 2 + 1


def test_questions_are_set_at_eleven_points_and_reasons_at_nine() -> None:
    sheet = fit(build_sheet(real_pack(), DENSE["normal"], TODAY))
    found, _ = lines_of(rendered(sheet, "pdf"))
    tall = {line.words: line.bottom - line.top for line in found}
    # Noto Sans is 1.362 em from its lowest to its highest letter
    question = sheet.front[2].text.split("?")[0][:30]
    reason = sheet.front[2].why[:20]
    assert max(height for words, height in tall.items() if question in words) / 1.362 == pytest.approx(11, abs=0.1)
    assert max(height for words, height in tall.items() if reason in words) / 1.362 == pytest.approx(9, abs=0.1)


def pages_of(sheet: Sheet, paper: Any) -> int:
    with pikepdf.open(io.BytesIO(rendered(sheet, "pdf", paper=paper))) as pdf:
        return len(pdf.pages)


@settings(max_examples=40)
@given(
    profiles(),
    st.lists(st.text(alphabet="abc dé ", min_size=1, max_size=200), max_size=3),
    st.sampled_from([None, "pharmacist"]),
)
def test_the_first_three_alone_are_one_side_whatever_was_answered(
    profile: Profile, own: list[str], ask: str | None
) -> None:
    from dataclasses import replace

    starred = tuple(f"own:{at}" for at, _ in enumerate(own, start=1))
    person = replace(profile, own_questions=tuple(own), starred=(*starred, *profile.starred)[:3])
    sheet = top_three(fit(build_sheet(real_pack(), person, TODAY, wishes=Wishes(ask=ask))))
    for paper in ("letter", "a4"):
        assert pages_of(sheet, paper) == 1


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("ask", ["pharmacist", "billing", "eye_doctor"])
def test_a_short_sheet_stays_on_one_side_and_uses_it_for_writing(ask: str, paper: Any) -> None:
    sheet = fit(build_sheet(real_pack(), DENSE["normal"], TODAY, wishes=Wishes(ask=ask)))
    data = rendered(sheet, "pdf", paper=paper)
    assert pages_of(sheet, paper) == 1
    assert len(rules_of(data)[0]) >= 4 * min(3, len(sheet.front)) + 3
