"""From my clinic, line by line."""

from __future__ import annotations

from pathlib import Path

from ketalearn.clinic.returned import opened, read_return
from ketalearn.clinic.roster import Roster
from ketalearn.plain.clinic import open_or_return
from tests.clinic.support import assigned
from tests.support import journey


def test_open_choose_and_save(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, file = assigned(roster)
    (tmp_path / "a").write_bytes(file)
    learner = journey(home=tmp_path)
    told: list[str] = []
    typed = iter(["1", str(tmp_path / "a"), "yes", "2", "1", str(tmp_path / "r"), ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    content = opened((tmp_path / "r").read_bytes(), roster.keys, "r")
    assert content.decode() in told
    sent = read_return(content, "r")
    assert [module.id for module in sent.modules] == one.modules
    assert sent.answers == [] and sent.talk_about == []


def test_a_file_in_downloads_is_offered_by_number(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "P-17.ketalearn-assign").write_bytes(file)
    learner = journey(home=tmp_path)
    told: list[str] = []
    typed = iter(["1", "1", "yes", ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    assert "1. P-17.ketalearn-assign, in Downloads" in told
    assert [box.name for box in learner.sheet().from_clinics] == ["Riverside Clinic"]


def test_a_number_saves_the_file_or_the_page_where_sheets_go(tmp_path: Path) -> None:
    roster = Roster(tmp_path / "clinic")
    _, file = assigned(roster)
    (tmp_path / "a").write_bytes(file)
    learner = journey(home=tmp_path)
    told: list[str] = []
    typed = iter(["1", str(tmp_path / "a"), "yes", "2", "1", "1", "2", "1", "2", ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    (made,) = tmp_path.glob("for-my-clinic-*.ketalearn-return")
    assert opened(made.read_bytes(), roster.keys, "r").decode() in told
    assert next(tmp_path.glob("for-my-clinic-*.pdf")).read_bytes().startswith(b"%PDF")
    assert any(line.startswith("1. Make the file: ~/for-my-clinic-") for line in told)


def test_without_the_words_nothing_is_made(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    (tmp_path / "a").write_bytes(file)
    learner = journey(home=tmp_path)
    told: list[str] = []
    # an empty line is no, too
    typed = iter(["1", str(tmp_path / "a"), "", "2", "no", ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    assert not list(tmp_path.glob("r*"))
    assert learner.sheet().from_clinics == ()


def test_crisis_help_is_one_key_away_at_every_question() -> None:
    from ketalearn.journey import Open, Place
    from ketalearn.plain.talk import Talk

    for typed in (["!"], ["1", "!"]):
        lines = iter(typed)
        talk = Talk(journey(), lambda lines=lines: next(lines), lambda _: None)  # type: ignore[misc]
        assert talk._at_clinic(Place("clinic")) == Open(Place("crisis"))


def test_pasted_text_opens_line_by_line_and_a_page_is_made_in_place_of_a_file(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    _, file = assigned(roster, questions=("Who [drives] you home?",))
    learner = journey(home=tmp_path)
    told: list[str] = []
    page = tmp_path / "page.pdf"
    typed = iter(["1", *file.decode().splitlines(), "yes", "2", "", str(page), ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    assert [box.name for box in learner.sheet().from_clinics] == ["Riverside Clinic"]
    assert page.read_bytes().startswith(b"%PDF")
    assert any(line.startswith(f"Saved: {page}. The QR code holds the lines of this page") for line in told)


def test_text_that_stops_early_is_refused_in_one_line(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    learner = journey(home=tmp_path)
    told: list[str] = []
    typed = iter(["1", file.decode().splitlines()[0], "", ""])
    while open_or_return(learner, told.append, lambda: next(typed)):
        pass
    assert any("must hold two lines" in line and "\n" not in line for line in told)
    assert learner.sheet().from_clinics == ()


def test_plain_mode_tells_clinics_which_commands_there_are() -> None:
    from ketalearn.arguments import parser
    from ketalearn.journey import Place
    from ketalearn.plain.clinic import FOR_CLINICS
    from ketalearn.plain.talk import Talk

    told: list[str] = []
    Talk(journey(), lambda: "", told.append)._at_clinics(Place("clinics"))
    assert FOR_CLINICS in told
    named = [line.split(":")[0].replace("FILES", "x") for line in FOR_CLINICS.replace(". k", "\nk").splitlines()]
    commands = [line.removeprefix("ketalearn ").split() for line in named if line.startswith("ketalearn ")]
    assert len(commands) == 5
    for words in commands:
        assert parser().parse_args(words).command in ("assign", "roster")
