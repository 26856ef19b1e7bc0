"""From my clinic, in the app: open a file, say that the words match, and choose what goes back."""

from __future__ import annotations

from pathlib import Path

from ketalearn.clinic.roster import Roster
from ketalearn.journey import Place
from tests.clinic.support import assigned
from tests.support import journey
from tests.ui.support import LARGE, app_for, at, settle, sync, words_of


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
        await pilot.press("enter")
        await settle(pilot)
        assert [box.name for box in learner.sheet().from_clinics] == ["Riverside Clinic"]
        assert [row.head.id for row in learner.home().modules] == one.modules
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "What to send" in words_of(app)
