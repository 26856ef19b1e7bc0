"""The frame of every screen: the way out, help and crisis help, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import Theme
from textual.widgets import Static

from ketalearn.clinic.roster import Roster
from ketalearn.journey import HOME, Begin, Journey, Place
from ketalearn.ui.app import CRISIS_WORDS, PANES
from ketalearn.ui.screens.home import STEP_ROWS
from ketalearn.ui.themes import GROUNDS, NIGHT, PAPER, TEXT_COLOURS, colour
from tests.clinic.support import assigned
from tests.support import ROOT, SMALL, journey, real_pack
from tests.ui.support import LARGE, SIZES, WIDE, app_for, at, foot, kind, screen_text, settle, sync, words_of

PLACES = [
    Place("welcome"),
    HOME,
    Place("page", module="01-first", page="light"),
    Place("page", module="01-first", page="glare"),
    Place("item", module="01-first", item="lamp-colour"),
    Place("results", module="01-first"),
    Place("choices"),
    Place("choice", screen="wait"),
    Place("compare"),
    Place("fit"),
    Place("interview", screen="conditions"),
    Place("overview"),
    Place("matters"),
    Place("ready"),
    Place("questions"),
    Place("visit", screen="say-back"),
    Place("notes"),
    Place("crisis", returns=HOME),
    Place("about"),
    Place("rating"),
    Place("clinic"),
    Place("clinics"),
    Place("assign"),
    Place("roster"),
    Place("patient", screen="P-17"),
]


BESIDE = ("inform", "ask-text", "ask-file", "ask-one", "ask-many", "find-one")


def visiting(folder: Path) -> Journey:
    """A journey in which a visit has begun and a clinic has a patient, so that every place can be shown."""
    roster = Roster(folder)
    assigned(roster, "P-17")
    roster.close()
    one = journey(data=folder)
    one.advance(HOME, Begin())
    return one


def test_every_kind_of_place_has_a_pane_and_is_looked_at_here() -> None:
    kinds = {place.kind for place in PLACES} | {"feedback"}
    assert kinds == {kind for kind in PANES if kind not in BESIDE}


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.kind}-{place.page}{place.screen}")
@sync
async def test_each_screen_shows_crisis_help_and_a_whole_footer(
    place: Place, size: tuple[int, int], tmp_path: Path
) -> None:
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=size) as pilot:
        await at(pilot, place)
        lines = screen_text(app).splitlines()
        assert lines[0].rstrip().endswith(CRISIS_WORDS)
        last = lines[-1]
        assert foot(app) in last
        assert "? help" in last
        assert "q quit" in last or "esc back" in last
        room = 3 if size[0] >= 60 else 1
        assert 2 <= len(last.strip().split("   ")) <= 2 + room
        assert all(len(line) <= size[0] for line in lines)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.kind}-{place.page}{place.screen}")
@sync
async def test_one_key_opens_crisis_help_from_anywhere_and_one_leads_back(place: Place, tmp_path: Path) -> None:
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, place)
        await pilot.press("exclamation_mark")
        await settle(pilot)
        assert kind(app) == "crisis"
        assert "findahelpline.com" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == (place.kind if place.kind != "crisis" else "home")


@sync
async def test_crisis_help_opens_by_mouse_and_by_f2() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.click("#top-crisis")
        await settle(pilot)
        assert kind(app) == "crisis"
        await pilot.press("escape")
        await settle(pilot)
        assert app.place == HOME
        await pilot.press("f2")
        await settle(pilot)
        assert kind(app) == "crisis"


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_while_one_types_f1_opens_help_and_leads_back_to_the_words_and_f2_opens_crisis_help(
    size: tuple[int, int],
) -> None:
    app = app_for(journey())
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        assert "? help" in foot(app)
        await pilot.press("a")
        await settle(pilot)
        assert "F1 help" in foot(app)
        assert "Here ! and ? only type." in words_of(app)
        await pilot.press("W", "h", "y", "question_mark", "f1")
        await settle(pilot)
        assert "While you type, F1 opens help" in words_of(app)
        assert "? help" in foot(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Why?" in words_of(app)
        await pilot.press("i", "f2")
        await settle(pilot)
        assert kind(app) == "crisis"


@sync
async def test_in_a_search_the_footer_says_which_key_opens_help_and_so_in_the_list_below_it() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="conditions"))
        await pilot.press("slash", "r")
        await settle(pilot)
        assert "F1 help" in foot(app)
        await pilot.press("down")
        await settle(pilot)
        assert "? help" in foot(app)


@sync
async def test_in_a_text_field_the_exclamation_mark_types_and_escape_then_opens_crisis_help() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("a")
        await settle(pilot)
        assert "Esc, then ! for crisis help" in words_of(app)
        await pilot.press("W", "h", "y", "exclamation_mark")
        await settle(pilot)
        assert "Why!" in words_of(app)
        await pilot.press("escape")
        await pilot.press("exclamation_mark")
        await settle(pilot)
        assert kind(app) == "crisis"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.kind}-{place.page}{place.screen}")
@sync
async def test_help_speaks_about_the_screen_and_escape_leads_back_to_it(place: Place, tmp_path: Path) -> None:
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, place)
        about = app.pane.ABOUT
        assert about
        await pilot.press("question_mark")
        await settle(pilot)
        assert " ".join(about.split())[:40] in words_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.place == place
        assert about == app.pane.ABOUT


@sync
async def test_a_click_on_a_key_of_the_footer_presses_it() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("page", module="01-first", page="light"))
        line = foot(app)
        await pilot.click("#foot", offset=(2 + line.index("→") + 3, 0))
        await settle(pilot)
        assert app.place.page == "glare"


@sync
async def test_the_look_can_be_changed_and_is_remembered() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        assert app.theme == "night"
        await pilot.press("t")
        assert app.theme == "paper"
    assert app_for(one).theme == "paper"


@sync
async def test_without_colour_no_colour_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        for place in PLACES:
            await at(pilot, place)
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    style = segment.style
                    for colour in (style.color, style.bgcolor) if style else ():
                        assert colour is None or colour.is_default, (place.kind, segment)
        await pilot.press("t")
        assert "Colours are off" in words_of(app)


@sync
async def test_when_nothing_can_be_saved_the_top_line_says_so() -> None:
    one = journey()
    one.memory.saved = False  # type: ignore[misc]
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "! Not saved" in screen_text(app).splitlines()[0]
        await pilot.press("escape")
        assert "NOT saved" in words_of(app)


@sync
async def test_what_happened_to_the_file_of_answers_is_said_once_on_the_first_screen() -> None:
    one = journey()
    one.memory.notice = "The file with your answers was damaged."  # type: ignore[misc]
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "was damaged" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "was damaged" not in words_of(app)


@sync
async def test_welcome_says_all_it_must_in_fewer_than_eighty_words() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await app.show(Place("welcome"))
        await settle(pilot)
        said = " ".join(str(part.content) for part in app.pane.query(Static))
        assert len(said.split()) < 80
        assert one.workspace.heads.review_status in said
        assert one.workspace.heads.decision in said
        assert one.workspace.heads.main_message in said
        assert "Nothing you answer leaves this computer unless you send it." in said
        assert "ketalearn helps you prepare" in said
        assert "it will not tell you yes or no." in said
        assert "In crisis? Press !" in said


@sync
async def test_a_page_that_is_broken_is_said_in_words_and_home_stays(tmp_path: object) -> None:
    import shutil
    from pathlib import Path

    root = Path(str(tmp_path)) / "pack"
    shutil.copytree(SMALL, root)
    (root / "modules" / "01-first" / "light.md").write_text("no front matter")
    app = app_for(journey(root))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.place == HOME
        assert "front matter" in words_of(app)


@sync
async def test_what_does_not_fit_says_more_below_until_it_is_seen() -> None:
    app = app_for(journey(), welcomed=False)
    async with app.run_test(size=(40, 15)) as pilot:
        await settle(pilot)
        assert "more below" in words_of(app)
        await pilot.press("end")
        await settle(pilot)
        await pilot.pause(0.2)
        assert "more below" not in words_of(app)
        assert "In crisis? Press !" in words_of(app)


@sync
async def test_on_a_small_screen_enter_shows_all_of_the_welcome_before_it_begins() -> None:
    one = journey(ROOT)
    app = app_for(one, welcomed=False)
    async with app.run_test(size=(40, 15)) as pilot:
        await settle(pilot)
        seen = ""
        while "enter more" in foot(app):
            assert kind(app) == "welcome" and "more below" in words_of(app)
            seen += words_of(app)
            await pilot.press("enter")
            await settle(pilot)
        assert kind(app) == "welcome" and "enter begin" in foot(app)
        assert seen
        seen += words_of(app)
        for said in ("Drafted with AI", "No clinician has", "Nothing you answer", "In crisis? Press !", "yes or no"):
            assert said in seen
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "home"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("f2",), ("escape", "exclamation_mark")])
@sync
async def test_while_one_types_the_corner_names_f2_and_crisis_help_leads_back_to_the_draft(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    one = journey(region="US")
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        assert screen_text(app).splitlines()[0].endswith("! Crisis help")
        await pilot.press("a")
        await settle(pilot)
        assert screen_text(app).splitlines()[0].endswith("F2 Crisis help")
        await pilot.press("W", "h", "y")
        await pilot.press(*keys)
        await settle(pilot)
        assert kind(app) == "crisis"
        assert screen_text(app).splitlines()[0].endswith("! Crisis help")
        # a look at another country, as at help, loses nothing
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert kind(app) == "questions" and "Why" in words_of(app) and "F1 help" in foot(app)
        await pilot.press("n", "o", "t", "enter")
        await settle(pilot)
        assert one.profile().own_questions == ("Whynot",)
        assert screen_text(app).splitlines()[0].endswith("! Crisis help")


@pytest.mark.parametrize(
    ("module", "page"),
    [
        (module, page)
        for module in real_pack().info.modules
        for page in real_pack().module(module).pages
        if real_pack().page(module, page).front.array
    ],
)
@sync
async def test_a_number_page_fits_without_scrolling(module: str, page: str) -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("page", module=module, page=page))
        assert app.pane.max_scroll_y == 0
        words = words_of(app)
        assert "How sure are we?" in words
        assert "visit:" in words or "for you:" in words


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours #rrggbb."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [NIGHT, PAPER], ids=lambda theme: theme.name)
@pytest.mark.parametrize("text", TEXT_COLOURS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_colour_can_be_read_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(colour(theme, text), colour(theme, ground)) >= 4.5


def test_a_colour_too_pale_would_be_seen() -> None:
    assert contrast("#777777", "#888888") < 4.5


NAMED = {
    "choices": "My choices", "choice": "My choices", "compare": "My choices", "fit": "My choices",
    "interview": "About me", "overview": "About me", "matters": "What matters to me", "ready": "What matters to me",
    "questions": "My questions", "visit": "My visit", "notes": "My visit", "about": "About ketalearn",
    "clinic": "From my clinic",
}  # fmt: skip
"""Kind of place to the row of Home that leads there."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", [one for one in PLACES if one.kind in NAMED], ids=lambda place: place.kind)
@sync
async def test_the_top_line_has_the_name_of_the_row_on_home(
    place: Place, size: tuple[int, int], tmp_path: Path
) -> None:
    assert NAMED[place.kind] in [name for _, _, name, _ in STEP_ROWS]
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=size) as pilot:
        await at(pilot, place)
        assert screen_text(app).splitlines()[0].strip().startswith(NAMED[place.kind])


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.kind}-{place.page}{place.screen}")
@sync
async def test_footers_say_back_and_next_in_one_word_each(place: Place, tmp_path: Path) -> None:
    app = app_for(visiting(tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, place)
        words = {word for _, word in app.hints(app.pane)}
        assert not words & {"on", "go on", "before", "page before", "forward", "previous"}
