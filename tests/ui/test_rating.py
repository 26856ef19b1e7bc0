"""How good is this tool? Reached from About by a key, in plain mode by a number, and as text and JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.commands import about_lines
from ketalearn.content.rating import rated_rows
from ketalearn.journey import Back, Place
from ketalearn.plain.talk import Talk
from ketalearn.render.rating import DIMENSION_WORDS, STATUS_WORDS, good_to_weak, rating_lines, rating_page
from ketalearn.ui.screens.about import HEADINGS
from tests.support import ROOT, journey, real_pack
from tests.ui.support import SMALL_SCREEN, app_for, at, foot, kind, screen_text, settle, sync, words_of


def on_screen(text: str) -> str:
    """A list entry or a row as it is drawn, with white space collapsed."""
    return " ".join(text.split())


@pytest.mark.parametrize("size", [(80, 24), SMALL_SCREEN, (120, 40)])
@sync
async def test_from_about_and_back_with_every_row_by_sign_and_word(size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, Place("about"))
        assert "How good is this tool?" in words_of(app)
        assert "enter how good is it?" in foot(app) or size == SMALL_SCREEN
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "rating"
        seen = words_of(app)
        for _ in range(300):
            if not app.pane.more_below:
                break
            await pilot.press("pagedown")
            await settle(pilot)
            seen += f" {words_of(app)}"
        assert not app.pane.more_below
        rating = real_pack().self_rating
        assert rating is not None
        for one in rating.criterion:
            assert f"({one.id})" in seen
        for sign, word in (STATUS_WORDS[one.status] for one in rating.criterion):
            assert f"{sign} {word}:" in seen
        for part in ("What was not done", "how hard it is to read", "What fresh readers said", "who paid"):
            assert part in seen
        await pilot.press("escape")
        await settle(pilot)
        assert kind(app) == "about"


@pytest.mark.parametrize("size", [(80, 24), SMALL_SCREEN, (120, 40)])
@sync
async def test_it_begins_with_what_nobody_checked_what_it_is_good_at_and_what_it_is_for(size: tuple[int, int]) -> None:
    pack = real_pack()
    rating = pack.self_rating
    assert rating is not None
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, Place("rating"))
        seen = words_of(app)
        # a heading is never the last line that is seen
        last = [line for line in screen_text(app).splitlines()[3:-2] if line.strip()][-1].strip(" ▁▂▃▄▅▆▇█")
        headings = {line.text for line in rating_page(pack) if line.look in ("heading", "group")}
        assert last not in headings
        while app.pane.more_below and "Who rated it:" not in seen:
            await pilot.press("pagedown")
            await settle(pilot)
            seen += f" {words_of(app)}"
        parts = ("Not checked yet:", "Good at:", "Weak at:", "Not known: if", "Use it to prepare", "Who rated it:")
        marks = [seen.index(words) for words in parts]
        assert marks == sorted(marks)
        assert "AI readers. They are not people." in seen
    lines = rating_page(pack)
    assert [line.look for line in lines[:6]] == ["title", "text", "text", "text", "text", "heading"]
    assert lines[1].text == f"Not checked yet: {rating.not_done[0]} {rating.not_done[1]}"
    # the decimals come last, under a heading of their own
    assert [line.text for line in lines if line.look == "heading"][-1].startswith("For makers and reviewers")


def test_good_and_weak_follow_the_rows() -> None:
    pack = real_pack()
    found = good_to_weak(pack)
    rows = rated_rows(pack)
    for words, names in found.items():
        assert names
        for dimension, name in DIMENSION_WORDS.items():
            if name.lower() in names:
                here = [
                    r.status == "met"
                    for r in rows
                    if r.criterion.dimension == dimension and r.status != "not-applicable"
                ]
                assert len(here) > 1
                assert (words == "Good at") == all(here)
                assert (words == "Weak at") == (2 * sum(here) < len(here))


def test_about_names_no_file_and_has_whole_school_grades() -> None:
    text = "\n".join(about_lines(real_pack()))
    before, _, _ = text.partition("\nSources (")
    assert not re.search(r"\w\.(toml|md)\b|Flesch|SMOG", before)
    assert re.search(r"Most pages read at about US school grade \d+\. ", before)
    assert before.count("No clinician has reviewed") == 1
    assert {"In brief", "How the facts were found", "How hard it is to read"} <= HEADINGS


def test_the_opening_follows_the_forms_and_the_rows() -> None:
    from types import SimpleNamespace as Made

    from ketalearn.render.rating import _opening

    rating = real_pack().self_rating
    assert rating is not None
    person = Made(kind="person")

    def said(*readers: object, met: bool = False) -> str:
        changed = {"status": "met"} if met else {}
        rows = [one.model_copy(update=changed) if one.dimension == "evaluation" else one for one in rating.criterion]
        made = Made(
            self_rating=rating.model_copy(update={"criterion": tuple(rows)}),
            ratings=Made(form=[Made(form="x", reader=readers, low=())]),
        )
        return " ".join(line.text for line in _opening(made))  # type: ignore[arg-type]

    assert "No outside reader has yet." in said()
    assert "AI readers, and people." in said(Made(kind="ai"), person)
    assert "AI" not in said(person)
    assert "if it helps anyone" in said(person)
    assert "if it helps anyone" not in said(person, met=True)


def test_the_way_back_leads_to_about() -> None:
    assert journey(ROOT).advance(Place("rating"), Back()).kind == "about"


def test_plain_mode_tells_all_of_it() -> None:
    told: list[str] = []
    lines = iter(["home", "1", "quit"])
    talk = Talk(journey(ROOT), lambda: next(lines, None), told.append)
    talk.place = Place("about")
    assert talk._at_about(Place("about")) is not None
    talk._at_rating(Place("rating"))
    assert "\n".join(rating_lines(real_pack())) in told


def test_the_command_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["about"]) == 0
    text = capsys.readouterr().out
    for line in rating_lines(real_pack()):
        assert line in text
    assert run(["about", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    rating = data["self_rating"]
    assert len(rating["criteria"]) == 44
    assert {one["level"]: (one["met"], one["applies"]) for one in rating["met"]}.keys() == {
        "qualifying", "certifying", "quality",
    }  # fmt: skip
    for row in rating["criteria"]:
        assert {"id", "text", "status", "own_status", "why", "evidence", "evaluation_ref", "date", "rater"} <= set(row)
    assert all(row["status"] != "met" for row in rating["criteria"] if row["id"] in ("K12", "K16", "K22", "K23"))
    assert rating["not_done"]
    assert data["funding"] and data["authors"] and data["update_policy"]
    assert {part["part"] for part in data["reading_levels"]["part"]} >= set(real_pack().info.modules)
    assert data["fresh_readers"] == [form.model_dump(mode="json") for form in real_pack().ratings.form]


def test_the_counts_of_the_summary_are_those_of_the_rows() -> None:
    rating = real_pack().self_rating
    assert rating is not None
    rows = [line for line in rating_page(real_pack()) if line.look == "row"]
    assert len(rows) == 44
    applies = [line for line in rows if line.status != "not-applicable"]
    text = "\n".join(rating_lines(real_pack()))
    for level, words in (("qualifying", "To count as a decision aid"), ("certifying", "To be trusted")):
        ids = {f"({one.id})" for one in rating.criterion if one.level == level}
        here = [line for line in applies if line.text.rsplit(" ", 1)[1] in ids]
        met = sum(line.status == "met" for line in here)
        assert f"- {words}: {met} of {len(here)} met." in text
    assert Path(ROOT / "modules" / "ipdas.toml").is_file()
