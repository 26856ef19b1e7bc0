"""Thirty people (tests/profiles) and any other: the laws hold, and the five formats print the same questions."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from lxml import html  # type: ignore[import-untyped]

from ketalearn.decision.profile import MANY, ONE, Profile, read_profile
from ketalearn.decision.safety import crisis_for
from ketalearn.decision.sheet import FRONT_RED_FLAGS, ON_FRONT, ON_PAPER, Sheet, Wishes, build_sheet, said_in
from ketalearn.render.fit import fit
from ketalearn.render.formats import FORMATS, rendered
from ketalearn.render.wording import back_groups, clean, tell_box
from tests.render.reading import pdf_text
from tests.support import ROOT, TODAY, all_topics, profiles, real_pack, vocabulary

FILES = sorted((ROOT / "tests" / "profiles").glob("*.toml"))
PACK = real_pack()


def person(path: Path) -> Profile:
    return read_profile(path, path.name, vocabulary(), all_topics(PACK))


def paper_of(profile: Profile, wishes: Wishes | None = None) -> Sheet:
    return fit(build_sheet(PACK, profile, TODAY, wishes=wishes))


def crushed(text: str) -> str:
    return re.sub(r"\s", "", clean(text))


Printed = list[tuple[int, str]]


def expected(sheet: Sheet) -> Printed:
    """Numbers and words in the order in which the paper prints them: the back is grouped by its subjects."""
    rows = list(enumerate((one.text for one in sheet.front), start=1))
    rows += [(number, one.text) for _, group in back_groups(sheet) for number, one in group]
    return [(number, crushed(text)) for number, text in rows]


def without_marks(text: str) -> str:
    return re.sub(r"^(?:★|✎|\*|Talk about this first[:.]?|!)+", "", text)


def in_text(data: str) -> list[int]:
    return [int(number) for number in re.findall(r"^\[ \] {1,2}(\d+)\. ", data, re.M)]


def in_markdown(data: str) -> list[int]:
    return [int(number) for number in re.findall(r"^- \[ \] \*\*(\d+)\. ", data, re.M)]


def in_html(data: str) -> Printed:
    rows: Printed = []
    for ordered in html.fromstring(data.encode()).iter("ol"):
        for number, item in enumerate(ordered.findall("li"), start=int(ordered.get("start", "1"))):
            words = item.find("p[@class='ask']")
            mark = words.find("strong")
            rows.append((number, crushed((mark.tail if mark is not None else words.text) or "")))
    return rows


def stands_in_order(rows: Printed, page: str, before: str) -> None:
    at = 0
    for number, words in rows:
        found = re.compile(before.format(number) + r".{0,60}?" + re.escape(words)).search(page, at)
        assert found, (number, words)
        at = found.end()


def all_five_agree(sheet: Sheet) -> None:
    rows = expected(sheet)
    numbers = [number for number, _ in rows]
    assert numbers == list(range(1, len(rows) + 1))
    text, markdown, page, stored = (rendered(sheet, form).decode() for form in ("text", "markdown", "html", "json"))
    assert in_text(text) == numbers
    assert in_markdown(markdown) == numbers
    assert in_html(page) == rows
    made = json.loads(stored)
    assert sorted(crushed(q["text"]) for q in [*made["front"], *made["back"]]) == sorted(words for _, words in rows)
    assert [q["text"] for q in [*made["front"], *made["back"]]] == [one.text for one in sheet.on_paper]
    stands_in_order(rows, crushed(text), r"\[\]{}\.")
    stands_in_order(rows, crushed(markdown.replace("\\", "")), r"\*\*{}\.")
    stands_in_order(rows, crushed(pdf_text(rendered(sheet, "pdf"))), r"{}\.?")


def the_laws_hold(profile: Profile, sheet: Sheet) -> None:
    every = (*sheet.front, *sheet.back, *sheet.more)
    topics = [one.topic for one in every]
    assert len(set(topics)) == len(topics)
    assert len(sheet.front) <= ON_FRONT
    assert len(sheet.on_paper) <= ON_PAPER
    assert sum(one.pinned for one in sheet.front) <= FRONT_RED_FLAGS
    hidden = set(profile.hidden)
    assert all(one.topic in hidden for one in sheet.more if one.pinned)
    flags = [one.pinned for one in sheet.back]
    assert flags == sorted(flags, reverse=True)
    for one in every:
        assert one.sources
        assert all(source in PACK.sources for source in one.sources)
        assert one.because or one.why
    on_paper = {one.topic for one in sheet.on_paper}
    # a base must gives way to red flags and stars alone
    left_out = [one for one in every if one.base_must and one.topic not in on_paper and one.topic not in hidden]
    assert not left_out or all(one.pinned or one.starred or one.base_must for one in sheet.on_paper)
    facts = said_in(vocabulary().recognised(profile), vocabulary()).facts
    assert sheet.crisis == crisis_for(PACK, profile.region, facts)
    if "safety:medical_emergency_now" in facts:
        assert sheet.level == "emergency_now"
    elif {"safety:suicidal_plan", "safety:recent_attempt"} & facts:
        assert sheet.level == "crisis_first"
    elif any(one.pinned for one in every):
        assert sheet.level in ("red_flag", "crisis_first", "emergency_now")
    tells = [value.tell for field in vocabulary().fields.values() for value in field.value
             if value.tell and f"{field.prefix}:{value.id}" in facts and field.id != "quiz_misses"]  # fmt: skip
    unknown = [name for name in profile.medicine_names if vocabulary().class_of(name) is None]
    assert len(sheet.tell) == len(set(sheet.tell)) == len(tells) + len(unknown)
    box, over = tell_box(sheet)
    assert len(box) <= 9
    assert (len(sheet.tell) > 8) == bool(over)


def test_there_are_thirty_people() -> None:
    assert len(FILES) == 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_laws_hold_for_them_and_the_formats_agree(path: Path) -> None:
    profile = person(path)
    sheet = paper_of(profile)
    the_laws_hold(profile, sheet)
    all_five_agree(sheet)
    with pikepdf.open(io.BytesIO(rendered(sheet, "pdf"))) as pdf:
        assert len(pdf.pages) == (3 if sheet.own_extra else 2)


@settings(max_examples=200, deadline=None)
@given(profiles())
def test_the_laws_hold_for_anyone(profile: Profile) -> None:
    the_laws_hold(profile, paper_of(profile))


@settings(max_examples=200 if os.environ.get("KETALEARN_FULL") else 60, deadline=None)
@given(profiles())
def test_the_formats_agree_for_anyone(profile: Profile) -> None:
    all_five_agree(paper_of(profile))


def said_words(profile: Profile) -> set[str]:
    """Every label, Tell line and medicine name of the profile. Where one lives picks crisis lines that name it."""
    known = vocabulary().recognised(profile)
    words = set(build_sheet(PACK, profile, TODAY).tell) | {name.strip() for name in profile.medicine_names}
    for name in (*ONE, *MANY):
        if name not in ("region", "readiness"):
            words |= {vocabulary().values[name][value].label for value in known.chosen(name)}
    return {word.rstrip(".") for word in words if word.strip(" .")}


def as_read(sheet: Sheet, form: str) -> str:
    data = rendered(sheet, form)  # type: ignore[arg-type]
    return " ".join((pdf_text(data) if form == "pdf" else data.decode()).split())


def holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def nothing_is_said(profile: Profile, forms: tuple[str, ...]) -> None:
    """Whole words in any case. Words that also stand on the sheet of someone who said nothing ("One", "Depression")
    tell nothing, and are the only ones excused."""
    hidden = paper_of(profile, Wishes(hide_sensitive=True))
    blank = build_sheet(PACK, Profile(region=profile.region), TODAY, wishes=Wishes(hide_sensitive=True))
    nobody = as_read(blank, "json") + as_read(fit(blank), "text")
    secret = [words for words in said_words(profile) if not holds(nobody, words)]
    for form in forms:
        page = as_read(hidden, form)
        for words in secret:
            assert not holds(page, words), (form, words)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_hiding_says_nothing_of_them_in_any_format(path: Path) -> None:
    nothing_is_said(person(path), FORMATS)


@settings(max_examples=200, deadline=None)
@given(profiles())
def test_hiding_says_nothing_of_anyone(profile: Profile) -> None:
    nothing_is_said(profile, ("text", "json"))


@pytest.mark.parametrize(
    "words",
    [
        "I have, or had, an aneurysm, so is it safe?",
        "Is an ANEURYSM a problem?",
        "Can I mix it with ativan?",
        "What of my Foobarin?",
        "They have, or had, an aneurysm: what then?",
    ],
)
def test_ones_own_words_that_name_what_is_hidden_are_left_out(words: str) -> None:
    profile = Profile(conditions=("aneurysm",), medicines=("benzodiazepine",), medicine_names=("Foobarin",),
                      own_questions=(words, "May my sister come?"), edited={"total_cost": words})  # fmt: skip
    sheet = paper_of(profile, Wishes(hide_sensitive=True))
    assert sheet.own_questions == ("May my sister come?",)
    assert sheet.left_out
    for form in FORMATS:
        assert words not in as_read(sheet, form)
