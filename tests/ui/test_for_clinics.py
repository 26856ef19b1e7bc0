"""For clinics, in the app: assign, take in, look at codes, and the keys; at 80x24 and at 40x15."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ketalearn.clinic.assignment import NOT_WHOLE, read_assignment
from ketalearn.clinic.completion import sealed
from ketalearn.clinic.desk import Desk
from ketalearn.clinic.figures import critical_items
from ketalearn.clinic.roster import CodeView, Roster
from ketalearn.journey import Journey, Place
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.widgets.field import Field
from ketalearn.ui.widgets.rows import Rows
from ketalearn.ui.widgets.table import Table
from tests.clinic.support import assigned, return_content, return_file
from tests.render.reading import pdf_text
from tests.support import ROOT, journey, workspace
from tests.ui.support import LARGE, SIZES, SMALL_SCREEN, WIDE, app_for, at, kind, screen_text, settle, sync, words_of

Size = tuple[int, int]


def clinic(folder: Path) -> Journey:
    return journey(home=folder, data=folder / "data", region="US")


def desk(folder: Path) -> Desk:
    return Desk(folder / "data", workspace(home=folder))


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type over what stands in the field, then enter."""
    field = pilot.app.focused
    if isinstance(field, Field):
        field.text = text
    else:
        assert isinstance(field, Input)
        field.value = text
    await pilot.press("enter")
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def until(pilot: Pilot[None], words: str, seconds: float = 10) -> None:
    """Wait for a thread to say something."""
    assert isinstance(pilot.app, KetalearnApp)
    end = time.perf_counter() + seconds
    while words not in words_of(pilot.app) and time.perf_counter() < end:
        await asyncio.sleep(0.02)
        await settle(pilot)
    assert words in words_of(pilot.app)


def test_the_handout_names_the_key_that_home_has(tmp_path: Path) -> None:
    from ketalearn.render.clinic import handout
    from ketalearn.ui.screens.home import STEP_ROWS

    one, _ = assigned(Roster(tmp_path))
    letter, name = next((row[0], row[2]) for row in STEP_ROWS if row[1] == "clinic")
    assert f"press {letter} ({name})" in " ".join(pdf_text(handout(one, workspace(), "it")).split())


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_home_leads_there_and_escape_leads_back(size: Size, tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("home"))
        await press(pilot, "up")
        assert "For clinics" in words_of(app)
        await press(pilot, "enter")
        assert kind(app) == "clinics"
        for key, place in (("1", "assign"), ("2", "roster")):
            await press(pilot, key)
            assert kind(app) == place
            await press(pilot, "escape")
            assert kind(app) == "clinics"
        await press(pilot, "question_mark")
        assert "for nurses and doctors" in words_of(app)
        await press(pilot, "escape", "escape")
        assert kind(app) == "home"
        await press(pilot, "question_mark")
        seen = words_of(app)
        for _ in range(12):
            await press(pilot, "down")
            seen += words_of(app)
        assert "The last row is for clinics" in seen + words_of(app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_an_assignment_from_nothing_to_file_and_handout(size: Size, tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("assign"))
        with desk(tmp_path) as one:
            code = one.draft().patient
            assert not one.has_keys
        assert code in words_of(app)
        await press(pilot, "up", "enter")
        assert "Choose what to read first" in words_of(app)
        await press(pilot, "2", "1", "2", "end", "enter")
        await press(pilot, "3")
        await typed(pilot, "14")
        await press(pilot, "4")
        await typed(pilot, "Only $50 a visit")
        assert "'$50' names a price" in words_of(app)
        await typed(pilot, "Who drives you [b]home[/b]?")
        await press(pilot, "6")
        await typed(pilot, "Riverside Clinic")
        await typed(pilot, "555-0100")
        await press(pilot, "enter", "enter")
        with desk(tmp_path) as one:
            assert (one.name, one.phone) == ("Riverside Clinic", "555-0100")
        await press(pilot, "end", "enter")
        # what losing the keys means is said before there are any
        assert "Your keys are made now" in words_of(app)
        with desk(tmp_path) as one:
            assert not one.has_keys
        await press(pilot, "end", "home", "pagedown", "pagedown", "1", "1")
        copy = tmp_path / "copy.txt"
        await typed(pilot, str(copy))
        assert f"Made for {code}" in words_of(app)
        with desk(tmp_path) as one:
            assert one.backed_up == "2026-11-24"
            assert copy.read_bytes() == one.roster.keys.as_file()
        made = read_assignment((tmp_path / f"{code}.ketalearn-assign").read_bytes())
        assert (made.patient_code, made.modules, made.due) == (code, ["01-first", "02-second"], "2026-12-08")
        assert [question.text for question in made.questions] == ["Who drives you [b]home[/b]?"]
        page = " ".join(pdf_text((tmp_path / f"{code}-handout.pdf").read_bytes()).split())
        assert " ".join(made.words) in page and "988" in page and NOT_WHOLE in page
        with desk(tmp_path) as one:
            assert one.begun == "" and one.draft().patient != code
        # the way back leads to no form with another code, and what was made can be had again
        await press(pilot, "escape")
        assert kind(app) == "clinics" and "steps" not in words_of(app) and "My choices" not in words_of(app)
        await press(pilot, "8")
        assert f"Made for {code}" in words_of(app)


@sync
async def test_a_draft_survives_leaving_and_a_template_fills_the_next(tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("assign"))
        await press(pilot, "2", "2", "end", "enter")
        assert NOT_WHOLE[:40] in words_of(app)
        await press(pilot, "5")
        await typed(pilot, "Ring us if you cannot come.")
        await press(pilot, "7", "1")
        await typed(pilot, "usual course")
        assert "Kept: usual course" in words_of(app)
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("clinics"))
        assert "begun for" in words_of(app)
        app = await at(pilot, Place("assign"))
        assert "Ring us if you cannot come." in words_of(app)
        await press(pilot, "8", "enter")
        assert "Ring us if you cannot come." in words_of(app)
        await press(pilot, "8", "2")
        assert "Ring us" not in words_of(app)
        await press(pilot, "7", "1")
        assert "Ring us if you cannot come." in words_of(app)
        with desk(tmp_path) as one:
            assert one.draft().modules == ("02-second",)
        # deleting asks, and what enter chooses keeps it
        await press(pilot, "7", "3", "2", "enter")
        with desk(tmp_path) as one:
            assert list(one.roster.templates()) == ["usual-course"]
        await press(pilot, "7", "3", "2", "2")
        assert "Deleted: usual-course" in words_of(app)
        with desk(tmp_path) as one:
            assert one.roster.templates() == {} and one.draft().modules == ("02-second",)
        await press(pilot, "7")
        assert "Delete a template" not in words_of(app)


def with_returns(folder: Path, count: int) -> list[str]:
    """Assignments and return files for so many codes; the files' paths."""
    roster = Roster(folder / "data")
    paths = []
    for number in range(count):
        one, _ = assigned(roster, f"P-{number:02}")
        path = folder / f"{number}.ketalearn-return"
        path.write_bytes(return_file(roster, one, f"2026-12-{number + 1:02}"))
        paths.append(str(path))
    roster.close()
    return paths


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_a_folder_of_returns_is_taken_in_and_each_outcome_told(size: Size, tmp_path: Path) -> None:
    with_returns(tmp_path, 3)
    (tmp_path / "bad.ketalearn-return").write_bytes(b"nothing \x1b[2J")
    stranger = Roster(tmp_path / "other")
    one, _ = assigned(stranger, "X-1")
    ours = Roster(tmp_path / "data")
    (tmp_path / "strange.ketalearn-return").write_bytes(return_file(ours, one))
    async with app_for(clinic(tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("clinics"))
        await press(pilot, "3")
        await typed(pilot, str(tmp_path))
        await until(pilot, "3 added, 1 set aside, 1 refused")
        await press(pilot, "pagedown")
        assert "bad.ketalearn-return is no return of ketalearn" in words_of(app) or size == SMALL_SCREEN
        await press(pilot, "pagedown", "pagedown", "pagedown", "1")
        assert kind(app) == "roster"
        assert "3 codes, 3 returned, 1 set aside" in words_of(app)
        # once more: nothing changes
        app = await at(pilot, Place("clinics"))
        await press(pilot, "3")
        await typed(pilot, f"{tmp_path}/*.ketalearn-return")
        await until(pilot, "4 here already, 1 refused")
        with desk(tmp_path) as one_desk:
            assert [row.returns for row in one_desk.rows()] == [1, 1, 1]


@sync
async def test_a_path_that_names_nothing_is_said_in_a_line(tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        await at(pilot, Place("clinics"))
        await press(pilot, "3")
        await typed(pilot, str(tmp_path / "nowhere"))
        await until(pilot, "There is no file")


@sync
async def test_the_text_of_a_scan_is_taken_in_by_paste(tmp_path: Path) -> None:
    from textual import events

    from ketalearn.clinic.completion import sealed

    roster = Roster(tmp_path / "data")
    one, _ = assigned(roster)
    text = sealed(return_content(one), roster.keys.age_key, as_text=True).decode()
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        await at(pilot, Place("clinics"))
        await press(pilot, "3")
        assert pilot.app.focused is not None
        pilot.app.focused.post_message(events.Paste(text.replace("\n", "\r")))
        await until(pilot, "1 added")


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_the_list_filters_as_one_types_and_opens_a_code(size: Size, tmp_path: Path) -> None:
    paths = with_returns(tmp_path, 5)
    with desk(tmp_path) as one:
        outcomes = [taken.outcome for path in paths[:3] for taken in one.take(path)]
    assert outcomes == ["added"] * 3
    async with app_for(clinic(tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("roster"))
        assert "5 codes, 3 returned" in words_of(app)
        table = app.query_one(Table)
        # the newest return first
        assert table.key == "P-02"
        await press(pilot, "down", "down", "down")
        assert table.key == "P-03"
        await press(pilot, *"waiting")
        assert "2 fit" in words_of(app) and table.key == "P-03"
        assert "P-02" not in screen_text(app)
        await press(pilot, *["backspace"] * 7, *"p-01")
        assert "1 fit" in words_of(app)
        await press(pilot, "enter")
        assert (kind(app), app.place.screen) == ("patient", "P-01")
        assert "Code P-01" in words_of(app)
        await press(pilot, "b")
        assert "Saved:" in words_of(app)
        assert "Visit brief for P-01" in pdf_text((tmp_path / "P-01-brief.pdf").read_bytes())
        await press(pilot, "a")
        assert kind(app) == "assign" and "P-01" in words_of(app)
        await press(pilot, "escape", "escape")
        assert kind(app) == "home"


@sync
async def test_on_a_wide_screen_the_code_stands_beside_the_list(tmp_path: Path) -> None:
    paths = with_returns(tmp_path, 2)
    with desk(tmp_path) as one:
        assert [taken.outcome for path in paths for taken in one.take(path)] == ["added"] * 2
    async with app_for(clinic(tmp_path)).run_test(size=WIDE) as pilot:
        app = await at(pilot, Place("roster"))
        assert "Code P-01" in words_of(app)
        await press(pilot, "down")
        assert "Code P-00" in words_of(app) and kind(app) == "roster"


def ten_thousand(folder: Path) -> None:
    """10,000 returns of 10,000 codes, each with 20 answers that were wrong while very sure, put into the file directly:
    sealing them would take a minute."""
    import json

    roster = Roster(folder / "data")
    one, _ = assigned(roster)
    items = list(workspace(ROOT).pack.items.values())[:40]
    rows = [
        {"kind": "quiz", "item": item.id, "revision": item.revision, "module": "06-risks", "topic": item.topic,
         "chosen": [0], "correct": False, "confidence": 3}
        for item in items[::2]
    ]  # fmt: skip
    wrong = " ".join(item.id for item in items[::2])
    content = json.dumps({"assignment_id": one.id, "patient_code": "x", "returned": "2026-12-01", "answers": rows})
    with closing(sqlite3.connect(roster.path)) as connection, connection:
        for number in range(10_000):
            name, code = f"{number:08x}-0000-4000-8000-000000000000", f"C{number:05}"
            made = json.dumps(one.model_copy(update={"id": name, "patient_code": code}).model_dump())
            connection.execute(
                "INSERT INTO assignments VALUES (?, ?, ?, ?, ?)", (name, code, one.issued, one.due, made)
            )
            connection.execute(
                "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
                " VALUES (?, ?, ?, '2026-12-01', 1, ?)",
                (str(number), name, code, content),
            )
            connection.execute(
                "INSERT INTO overview VALUES (?, ?, ?, 21, 21, 20, 20, 3)", (code, number % 22, number % 22)
            )
            connection.execute("INSERT INTO wrong_items VALUES (?, ?)", (code, wrong))
    roster.close()


@pytest.mark.parametrize("size", [LARGE, WIDE], ids=str)
@sync
async def test_ten_thousand_returns_open_in_under_a_second_and_filter_without_delay(size: Size, tmp_path: Path) -> None:
    ten_thousand(tmp_path)
    learner = journey(ROOT, home=tmp_path, data=tmp_path / "data", region="US")
    async with app_for(learner).run_test(size=size) as pilot:
        app = await at(pilot, Place("clinics"))
        took = []
        for _ in range(3):
            began = time.perf_counter()
            await press(pilot, "2")
            took.append(time.perf_counter() - began)
            if len(took) < 3:
                await press(pilot, "escape")
        # the least of three: other work on the machine only ever adds
        opened = min(took)
        assert "10001 codes, 10000 returned" in words_of(app)
        waits = [9.0] * 5
        for _ in range(3):
            for place, key in enumerate("C0999"):
                began = time.perf_counter()
                await pilot.press(key)
                waits[place] = min(waits[place], time.perf_counter() - began)
            await settle(pilot)
            assert "10 fit" in words_of(app)
            assert screen_text(app).count("20 FIRST") == 10
            await press(pilot, *["backspace"] * 5)
        print(f"{size}: opened {opened:.3f} s, keys {[f'{wait:.3f}' for wait in waits]}")
        assert opened < 1
        # a pilot's press itself takes some 70 ms
        assert max(waits) < 0.25


@sync
async def test_nothing_of_this_goes_with_private(tmp_path: Path) -> None:
    async with app_for(journey(home=tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("home"))
        await app.show(Place("clinics"))
        await settle(pilot)
        assert kind(app) == "home"
        assert "does not go with --private" in words_of(app)


@sync
async def test_keys_figures_and_csv(tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("clinics"))
        await press(pilot, "6")
        assert "can never be opened" in words_of(app)
        await press(pilot, "escape")
        with_returns(tmp_path, 1)
        app = await at(pilot, Place("clinics"))
        assert "no copy yet" in words_of(app)
        await press(pilot, "6", "pagedown", "1")
        await typed(pilot, str(tmp_path / "keys.txt"))
        assert "lock it away" in words_of(app)
        assert (tmp_path / "keys.txt").stat().st_mode & 0o777 == 0o600
        assert "copied on 2026-11-24" in words_of(app)
        await press(pilot, "4")
        assert "patient_code" in (tmp_path / "roster-2026-11-24.csv").read_text()
        await press(pilot, "5")
        assert "No quiz answers were sent yet" in words_of(app)


@sync
async def test_crisis_help_is_one_key_away_on_each_page(tmp_path: Path) -> None:
    with_returns(tmp_path, 1)
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        for place in (Place("clinics"), Place("assign"), Place("roster"), Place("patient", screen="P-00")):
            app = await at(pilot, place)
            await press(pilot, "exclamation_mark")
            assert kind(app) == "crisis"
        app = await at(pilot, Place("roster"))
        await press(pilot, "p", "question_mark")
        assert "Type a part of a code" in words_of(app)


def roster_with_safety(folder: Path) -> None:
    """P-01 very sure of a wrong answer about safety, P-02 of another one; P-03 came late, P-04 never."""
    roster = Roster(folder / "data")
    here = workspace(ROOT, home=folder)
    critical, items = critical_items(here), here.pack.quiz("06-risks")
    safe = next(item for item in items if item.id in critical)
    other = next(item for item in items if item.id not in critical)
    for code, item, day in (("P-01", safe, "01"), ("P-02", other, "02"), ("P-03", None, "20")):
        one_made, _ = assigned(roster, code)
        body = json.loads(return_content(one_made, f"2026-12-{day}"))
        if item is not None:
            body["answers"] = [
                {"kind": "quiz", "item": item.id, "revision": item.revision, "module": "06-risks", "topic": item.topic,
                 "chosen": [0], "correct": False, "confidence": 3}
            ]  # fmt: skip
        assert roster.add(sealed(json.dumps(body).encode(), roster.keys.age_key), "r")[0] == "added"
    made, _ = assigned(roster, "P-04")
    with closing(sqlite3.connect(roster.path)) as connection, connection:
        connection.execute("UPDATE assignments SET due = '2026-11-01' WHERE id = ?", (made.id,))
    roster.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_safety_is_a_word_in_the_row_and_late_finds_both_kinds(size: Size, tmp_path: Path) -> None:
    roster_with_safety(tmp_path)
    learner = journey(ROOT, home=tmp_path, data=tmp_path / "data", region="US")
    async with app_for(learner).run_test(size=size) as pilot:
        app = await at(pilot, Place("roster"))
        marked = [line for line in screen_text(app).splitlines() if "FIRST" in line and "P-0" in line]
        assert len(marked) == 1 and "P-01" in marked[0]
        # the key of crisis help marks nothing here
        assert screen_text(app).count("!") == 1
        late = next(line for line in screen_text(app).splitlines() if "P-04" in line)
        assert "late" in late
        await press(pilot, *"late")
        assert "2 fit" in words_of(app) and "P-03" in words_of(app) and "P-04" in words_of(app)
        await press(pilot, *["backspace"] * 4, *"first")
        assert "1 fit" in words_of(app)
        await press(pilot, *["backspace"] * 5, *"nobody")
        assert "none fits" in words_of(app) and "more below" not in words_of(app)


@sync
async def test_more_below_goes_when_the_filter_leaves_none(tmp_path: Path) -> None:
    with_returns(tmp_path, 40)
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("roster"))
        assert "more below" in words_of(app)
        await press(pilot, *"nobody")
        assert "none fits" in words_of(app) and "more below" not in words_of(app)


@sync
async def test_returns_in_downloads_are_offered(tmp_path: Path) -> None:
    paths = with_returns(tmp_path, 2)
    (tmp_path / "Downloads").mkdir()
    for path in paths:
        Path(path).rename(tmp_path / "Downloads" / Path(path).name)
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("clinics"))
        await press(pilot, "3")
        assert "0.ketalearn-return, in Downloads" in words_of(app)
        await press(pilot, "2")
        assert "Type where the files are" in words_of(app)
        await press(pilot, "escape", "3", "1")
        await until(pilot, "2 added")


@sync
async def test_a_begun_form_asks_whether_to_go_on_or_start_new(tmp_path: Path) -> None:
    async with app_for(clinic(tmp_path)).run_test(size=LARGE) as pilot:
        await at(pilot, Place("assign"))
        with desk(tmp_path) as one:
            old = one.keep(replace(one.draft(), modules=("01-first",))).patient
        app = await at(pilot, Place("clinics"))
        await press(pilot, "1")
        assert f"Continue {old}" in words_of(app) and "Start new" in words_of(app)
        await press(pilot, "1")
        assert kind(app) == "assign" and f"{old}: write it in the chart now" in words_of(app)
        app = await at(pilot, Place("clinics"))
        await press(pilot, "1", "2")
        assert kind(app) == "assign" and old not in words_of(app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_the_keys_of_a_code_are_explained(size: Size, tmp_path: Path) -> None:
    with_returns(tmp_path, 1)
    async with app_for(clinic(tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("patient", screen="P-00"))
        assert "p print brief" in words_of(app)
        await press(pilot, "question_mark")
        words = words_of(app)
        for told in ("p prints the one-page brief", "b saves it as a PDF", "a begins another assignment"):
            assert told in words


@sync
async def test_a_letter_that_leaves_the_marked_code_reads_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = Roster(tmp_path / "data")
    for code in ("P-17", "P-18"):
        assigned(roster, code)
    roster.close()
    read: list[str] = []
    view = Desk.view

    def watched(desk: Desk, code: str) -> CodeView:
        read.append(code)
        return view(desk, code)

    monkeypatch.setattr(Desk, "view", watched)
    learner = journey(home=tmp_path, data=tmp_path / "data")
    async with app_for(learner).run_test(size=WIDE) as pilot:
        app = await at(pilot, Place("roster"))
        assert "Code P-17" in words_of(app) and read
        read.clear()
        await press(pilot, "p", "minus")
        assert read == [] and "Code P-17" in words_of(app)
        await press(pilot, "1", "8")
        assert set(read) == {"P-18"} and "Code P-18" in words_of(app) and "1 fit" in words_of(app)
        # the list is drawn anew when it is opened again: a return may have come in
        await press(pilot, "escape")
        read.clear()
        await app.show(Place("roster"))
        await settle(pilot)
        assert read


@sync
async def test_a_new_form_begins_at_its_code_and_a_change_leaves_the_mark(tmp_path: Path) -> None:
    learner = journey(home=tmp_path, data=tmp_path / "data")
    async with app_for(learner).run_test(size=SMALL_SCREEN) as pilot:
        app = await at(pilot, Place("assign"))
        rows = app.pane.query_one(Rows)
        assert rows.key == "patient"
        await press(pilot, "end")
        app.pane.redraw()
        await settle(pilot)
        assert rows.key == "make"
        with Desk(tmp_path / "data", learner.workspace) as desk:
            code = desk.keep(desk.fresh()).patient
        await app.show(Place("assign"))
        await settle(pilot)
        assert rows.key == "patient" and code in screen_text(app)
