"""From my clinic, in the app: open a file, say that the words match, and choose what goes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from ketalearn.clinic.completion import parts_of
from ketalearn.clinic.keys import make_keys
from ketalearn.clinic.pasted import return_in
from ketalearn.clinic.returned import opened, read_return
from ketalearn.clinic.roster import Roster
from ketalearn.clinic.trust import Assignments
from ketalearn.decision.profile import Profile
from ketalearn.journey import Place
from ketalearn.ui.app import KetalearnApp
from tests.clinic.support import assigned, signed
from tests.render.reading import pdf_text
from tests.render.test_qr import last_page, scanned
from tests.support import journey
from tests.ui.support import LARGE, SIZES, app_for, at, screen_text, settle, sync, words_of


@sync
async def test_open_a_file_and_send_only_what_was_ticked(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, file = assigned(roster, questions=("Who drives you [home]?",))
    path = tmp_path / "a.ketalearn-assign"
    path.write_bytes(file)
    learner = journey(home=tmp_path)
    async with app_for(learner).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("clinic"))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(
            *[{"/": "slash", "-": "minus", ".": "full_stop", "_": "underscore"}.get(c, c) for c in str(path)]
        )
        await pilot.press("enter")
        await settle(pilot)
        assert "Do these match your paper?" in words_of(app)
        # enter alone trusts nothing
        await pilot.press("enter")
        await settle(pilot)
        assert not learner.sheet().from_clinics
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert [box.name for box in learner.sheet().from_clinics] == ["Riverside Clinic"]
        assert [row.head.id for row in learner.home().modules] == one.modules
        await pilot.press("escape")
        await settle(pilot)
        assert "Your clinic asks for lessons 1 and 2." in words_of(app)
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "What to send" in words_of(app)
        # a tick is for a row and what stands under it, wherever enter is pressed
        assert "with all the lines under it" in " ".join(words_of(app).split())


async def opened_by_paste(pilot: Pilot[None], text: str) -> KetalearnApp:
    """From my clinic, with a file's text pasted as a terminal does it."""
    app = await at(pilot, Place("clinic"))
    await pilot.press("1")
    await settle(pilot)
    assert app.focused is not None
    app.focused.post_message(events.Paste(text.replace("\n", "\r")))
    await settle(pilot)
    await settle(pilot)
    return app


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_pasted_text_opens_and_the_page_is_read_to_its_end_before_anything_is_chosen(
    size: tuple[int, int], tmp_path: Path
) -> None:
    _, file = assigned(Roster(tmp_path), questions=("Who drives you [home]?",))
    learner = journey(home=tmp_path)
    async with app_for(learner).run_test(size=size) as pilot:
        app = await opened_by_paste(pilot, file.decode())
        assert "Do these match your paper?" in words_of(app)
        for _ in range(12):
            if "Yes, all six are the same" in words_of(app):
                break
            # what is not in sight yet cannot be chosen
            await press(pilot, "2")
        assert "Yes, all six are the same" in words_of(app)
        await press(pilot, "2")
        assert [box.name for box in learner.sheet().from_clinics] == ["Riverside Clinic"]


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_a_file_in_downloads_is_offered(size: tuple[int, int], tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "P-17.ketalearn-assign").write_bytes(file)
    async with app_for(journey(home=tmp_path)).run_test(size=size) as pilot:
        app = await at(pilot, Place("clinic"))
        await press(pilot, "1")
        assert "P-17.ketalearn-assign, in Downloads" in words_of(app)
        await press(pilot, "1")
        assert "Do these match your paper?" in words_of(app)
        await press(pilot, "escape", "1", "2")
        assert "Type where the file is" in words_of(app)


@sync
async def test_text_pasted_key_by_key_is_waited_for_line_by_line(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    learner = journey(home=tmp_path)
    first, second = file.decode().splitlines()
    async with app_for(learner).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("clinic"))
        await press(pilot, "1")
        for line in (first, second):
            field = app.focused
            assert isinstance(field, Input)
            field.value = line
            await press(pilot, "enter")
            if line is first:
                assert "1 line so far" in words_of(app)
        assert "Do these match your paper?" in words_of(app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@sync
async def test_every_line_that_would_be_sent_is_shown_and_trimmed_and_goes_on_paper(
    size: tuple[int, int], tmp_path: Path
) -> None:
    roster = Roster(tmp_path)
    one, file = assigned(roster)
    learner = journey(home=tmp_path)
    learner.keep(Profile(own_questions=("May I bring [my] sister?",)))
    Assignments(learner.memory).keep(file, matches=True)
    async with app_for(learner).run_test(size=size) as pilot:
        app = await at(pilot, Place("clinic"))
        await press(pilot, "3")
        seen = words_of(app)
        for _ in range(40):
            await press(pilot, "down")
            seen += words_of(app)
        for part in parts_of(learner, one):
            assert all(" ".join(line.split())[:20] in seen for line in part.lines)
        # what one reads and can do is ticked from the start, nothing else is
        await press(pilot, "home", "space")
        assert "[ ] Which modules you read" in words_of(app)
        await press(pilot, "end", "enter")
        shown = words_of(app)
        for _ in range(40):
            if "Put it on paper instead" in words_of(app):
                break
            await press(pilot, "down")
            shown += words_of(app)
        # plain words first; at the usual size with what to choose below them
        assert '"objectives":[' not in shown and "sister" not in shown
        assert size != LARGE or ("Make the file" in words_of(app) and "What you understood so far" in words_of(app))
        await press(pilot, *["down"] * 12, "3")
        if "The exact text" not in words_of(app):
            await press(pilot, "3")
        bytes_shown = words_of(app)
        for _ in range(40):
            await press(pilot, "down")
            bytes_shown += words_of(app)
        assert '"objectives":[' in bytes_shown and '"done"' not in bytes_shown and "sister" not in bytes_shown
        await press(pilot, "enter")
        assert "Exactly this would be sent" in words_of(app)
        for _ in range(40):
            if "Put it on paper instead" in words_of(app):
                break
            await press(pilot, "down")
        await press(pilot, "2")
        if "The page for your clinic" not in words_of(app):
            await press(pilot, "2")
        (page,) = tmp_path.glob("for-my-clinic-*.pdf")
        words = pdf_text(page.read_bytes())
        assert "Which modules I read" not in words and "What I understood so far" in words
        text = scanned(last_page(page.read_bytes(), 150, tmp_path)).text
        sent = read_return(opened(return_in(text.encode()), roster.keys, "r"), "r")
        assert all(module.done is None for module in sent.modules) and sent.answers == []


@sync
async def test_escapes_and_markup_of_a_clinic_are_shown_as_they_are(tmp_path: Path) -> None:
    # the clinic's own program refuses such words; a stranger's may sign them all the same
    keys = make_keys()
    one = {
        "schema": "ketalearn/assignment@1", "id": "00000000-0000-4000-8000-000000000000",
        "clinic": {
            "name": "Clinic [red]x[/red] [/oops]", "phone": "", "sign_key": keys.sign_key, "age_key": keys.age_key,
        },
        "patient_code": "P", "issued": "2026-11-24", "due": "2026-11-01", "modules": ["01-first"],
        "questions": [{"id": "q1", "text": "a[i] < b[/j] `rm`?"}], "note": "", "reply": [],
    }  # fmt: skip
    learner = journey(home=tmp_path)
    async with app_for(learner).run_test(size=LARGE) as pilot:
        app = await opened_by_paste(pilot, signed(one, keys).decode())
        words = words_of(app)
        assert "Clinic [red]x[/red] [/oops]" in words and "a[i] < b[/j] `rm`?" in words
        # past due is shown and blocks nothing; the picture is not whole, and it says so
        assert "The day it was due is past. You can still do it." in words
        assert "This is not the whole picture" in words
        await press(pilot, "escape")
        app = await opened_by_paste(pilot, signed({**one, "note": "\x1b[2Jboo"}, keys).decode())
        assert "cannot be shown" in words_of(app) and "\x1b" not in screen_text(app)
