"""The clinic's side of the app without a screen: a draft that survives, making, taking in, and what is saved where."""

from __future__ import annotations

import datetime as dt
import glob
import os
import secrets
import shlex
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ketalearn.clinic.assignment import NOT_WHOLE, OTHER_CHOICES, SUFFIX, Assignment, write_assignment
from ketalearn.clinic.making import check_template, make, talk_first
from ketalearn.clinic.pasted import begun
from ketalearn.clinic.roster import CodeRow, CodeView, Outcome, Roster
from ketalearn.clinic.text import fault_in, harmless
from ketalearn.errors import KetalearnError
from ketalearn.store.folders import files_near, free_name, save_new, shown

if TYPE_CHECKING:
    from ketalearn.workspace import Workspace

RETURN_SUFFIX = ".ketalearn-return"
DRAFT, BACKUP, REGION, HANDED = "draft", "backup", "region", "handed"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""For codes: no letter or digit that is taken for another when read aloud or written by hand."""
USUAL_DAYS = 14
MOST_QUESTIONS = 10
NOT_PRIVATE = "For clinics keeps a list on this computer, so it does not go with --private. Start ketalearn without it."


@dataclass(frozen=True)
class Draft:
    """An assignment being written. Kept at every change, so that a nurse who is called away loses nothing."""

    patient: str = ""
    modules: tuple[str, ...] = ()
    due: str = ""
    questions: tuple[str, ...] = ()
    note: str = ""

    @property
    def whole_picture(self) -> bool:
        return OTHER_CHOICES in self.modules


@dataclass(frozen=True)
class Handed:
    """What was made, and where it is."""

    assignment: Assignment
    file: Path
    handout: Path
    text: str
    """The file as text, for a mail."""

    def page(self) -> bytes:
        """The handout as it was saved. Raises KetalearnError when it is gone."""
        try:
            return self.handout.read_bytes()
        except OSError as error:
            raise KetalearnError(f"{self.handout} cannot be read ({error.strerror})") from None

    def words(self, home: Path) -> list[str]:
        """What to do now, line by line."""
        lines = [
            f"Write code {self.assignment.patient_code} in the chart now, beside the name.",
            "",
            f"The file: {shown(self.file, home)}",
            f"The handout: {shown(self.handout, home)}",
            "",
            "First print the handout, and give it by hand or by post.",
            "Then mail the file, or hand it over on a stick.",
            "Never send both in one mail: the paper shows that the file is yours.",
            "",
            f"The six words on the paper: {' '.join(self.assignment.words)}",
        ]
        return lines if self.assignment.whole_picture else [*lines, "", NOT_WHOLE]


@dataclass(frozen=True)
class Taken:
    """What became of one return file; `words` is one line."""

    name: str
    outcome: Outcome | Literal["refused"]
    words: str


@dataclass
class Tally:
    """How many of each outcome."""

    taken: list[Taken] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.taken)

    @property
    def words(self) -> str:
        parts = (
            (self.count("added"), "added"),
            (self.count("again"), "here already"),
            (self.count("aside"), "set aside"),
            (self.count("refused"), "refused"),
        )
        return ", ".join(f"{count} {words}" for count, words in parts if count) or "No file was read"


class Desk:
    """What a clinic does, on its own data in `folder`. Open one for each screen or thread, and close it."""

    def __init__(self, folder: Path | None, workspace: Workspace) -> None:
        if folder is None:
            raise KetalearnError(NOT_PRIVATE)
        self.folder = folder
        self.workspace = workspace
        self.roster = Roster(folder)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.roster.close()

    # ------------------------------------------------------------ who we are

    @property
    def name(self) -> str:
        return str(self.roster.get("clinic") or "")

    @property
    def phone(self) -> str:
        return str(self.roster.get("phone") or "")

    @property
    def region(self) -> str:
        """The region whose crisis lines stand on the handout."""
        return self.workspace.region or str(self.roster.get(REGION) or "")

    def call_it(self, name: str, phone: str) -> None:
        """Remember the clinic's name and phone. Raises KetalearnError when they cannot stand on paper."""
        for label, text in (("The clinic's name", name), ("The phone number", phone)):
            if fault := fault_in(text, 80):
                raise KetalearnError(f"{label} cannot stand on the sheet: {fault}")
        if not name:
            raise KetalearnError("The clinic needs a name: patients see it first")
        self.roster.put("clinic", name)
        self.roster.put("phone", phone)

    def live_in(self, region: str) -> None:
        self.roster.put(REGION, region)

    # ------------------------------------------------------------ keys

    @property
    def has_keys(self) -> bool:
        return self.roster.keys_path.exists()

    @property
    def backed_up(self) -> str:
        """The day of the newest back-up of the keys that are in use, or ""."""
        kept = self.roster.get(BACKUP) or {}
        if not self.has_keys or kept.get("words") != list(self.roster.keys.words):
            return ""
        return str(kept.get("day", ""))

    def suggested_backup(self) -> Path:
        return free_name(self._papers, f"clinic-keys-{self._day}", ".txt")

    def back_up(self, path: Path) -> Path:
        """Copy the keys to a file that is not there yet, and remember the day."""
        saved = save_new(path, self.roster.keys.as_file())
        self.roster.put(BACKUP, {"day": self._day, "words": list(self.roster.keys.words)})
        return saved

    # ------------------------------------------------------------ a new assignment

    def draft(self) -> Draft:
        """The draft as it was left, or a new one with a code and a day."""
        kept = self.roster.get(DRAFT)
        if not isinstance(kept, dict):
            return self.fresh()
        return Draft(
            patient=str(kept.get("patient", "")),
            modules=tuple(kept.get("modules", ())),
            due=str(kept.get("due", "")),
            questions=tuple(kept.get("questions", ())),
            note=str(kept.get("note", "")),
        )

    @property
    def begun(self) -> str:
        """The code of a draft that holds something already, or ""."""
        draft = self.draft() if self.roster.get(DRAFT) else Draft()
        return draft.patient if draft.modules or draft.questions or draft.note else ""

    def fresh(self, patient: str = "") -> Draft:
        """A new draft: nothing chosen, due in two weeks."""
        due = self.workspace.today + dt.timedelta(days=USUAL_DAYS)
        return Draft(patient=patient or self.code(), due=due.isoformat())

    def keep(self, draft: Draft) -> Draft:
        self.roster.put(DRAFT, asdict(draft))
        return draft

    def code(self, choose: Callable[[str], str] = secrets.choice) -> str:
        """A code that no one has: made up, so that it says nothing about anyone."""
        while True:
            letters = "".join(choose(LETTERS) for _ in range(6))
            code = f"{letters[:3]}-{letters[3:]}"
            if not self.roster.has(code):
                return code

    def with_template(self, draft: Draft, name: str) -> Draft:
        """The draft with a template's modules, questions and note."""
        one = self.roster.templates()[name]
        return replace(
            draft, modules=tuple(one["modules"]), questions=tuple(one["questions"]), note=str(one["note"] or "")
        )

    def keep_template(self, name: str, draft: Draft) -> None:
        """Keep the draft's modules, questions and note under a name. Raises KetalearnError."""
        name = name.strip().replace(" ", "-")
        known = [head.id for head in self.workspace.heads.modules]
        check_template(name, draft.modules, draft.questions, draft.note, known)
        self.roster.keep_template(
            name, {"modules": list(draft.modules), "questions": list(draft.questions), "note": draft.note}
        )

    def hand_over(self, draft: Draft) -> Handed:
        """Make and save the file and the handout; the draft ends. Raises KetalearnError, and then nothing is kept."""
        from ketalearn.render.clinic import handout

        made = make(
            self.roster, self.workspace, patient=draft.patient, modules=draft.modules, due=draft.due,
            questions=draft.questions, note=draft.note, clinic=None, phone=None, template=None,
        )  # fmt: skip
        file = free_name(self._papers, made.assignment.patient_code, SUFFIX)
        page = free_name(self._papers, f"{made.assignment.patient_code}-handout", ".pdf")
        pdf = handout(made.assignment, self.workspace, file.name, region=self.region)
        made.save(file, page, pdf)
        self.roster.put(DRAFT, None)
        self.roster.put(
            HANDED,
            {"id": made.assignment.id, "code": made.assignment.patient_code, "file": str(file), "handout": str(page)},
        )
        return Handed(made.assignment, file, page, made.file.decode())

    @property
    def last_code(self) -> str:
        """The code of what was made last, or ""."""
        return str((self.roster.get(HANDED) or {}).get("code", ""))

    @property
    def handed(self) -> Handed | None:
        """What was made last, to be printed or copied once more."""
        kept = self.roster.get(HANDED) or {}
        found = next((one for one in self.roster.assignments() if one["id"] == kept.get("id")), None)
        if found is None:
            return None
        made = Assignment.model_validate(found)
        file = write_assignment(made, self.roster.keys)
        return Handed(made, Path(kept["file"]), Path(kept["handout"]), file.decode())

    # ------------------------------------------------------------ what came back

    def rows(self) -> list[CodeRow]:
        """Every code: the newest return first, then those who are waited for, by due day."""
        late = sorted(self.roster.rows(), key=lambda row: (row.due or "9999", row.code))
        return sorted(late, key=lambda row: row.returned, reverse=True)

    def talk_first(self, rows: Sequence[CodeRow]) -> frozenset[str]:
        """Codes with something to talk about first."""
        return talk_first(rows, self.workspace)

    def returns_near(self) -> list[Path]:
        """Return files in the folders where mail and browsers put them, and in this one; the newest first."""
        return files_near(self.workspace.home, RETURN_SUFFIX)

    def view(self, code: str) -> CodeView:
        return self.roster.view(code)

    def take(self, text: str | Sequence[Path]) -> Iterator[Taken]:
        """Take in the returns that `text` names (paths, a folder, a pattern) or is; one at a time."""
        from ketalearn.clinic.commands import read_file
        from ketalearn.clinic.returned import LARGEST

        if isinstance(text, str) and begun(text):
            yield self._one("This text", text.encode)
            return
        for path in files_named(text) if isinstance(text, str) else text:
            yield self._one(path.name, lambda path=path: read_file(path, LARGEST))  # type: ignore[misc]

    def _one(self, name: str, read: Callable[[], bytes]) -> Taken:
        name = harmless(name)
        try:
            outcome, code = self.roster.add(read(), name)
        except KetalearnError as error:
            return Taken(name, "refused", harmless(str(error)))
        words = {
            "added": f"{name}: added for {code}",
            "again": f"{name}: here already, for {code}; nothing changed",
            "aside": f"{name}: set aside. The code {code} or its assignment is not in this roster",
        }
        return Taken(name, outcome, words[outcome])

    def brief_pdf(self, code: str) -> bytes:
        from ketalearn.render.clinic import brief

        return brief(self.view(code), self.workspace, region=self.region)

    def save_brief(self, code: str, pdf: bytes = b"") -> Path:
        """Save the brief, made already or made now, under a name that is free."""
        return save_new(free_name(self._papers, f"{code}-brief", ".pdf"), pdf or self.brief_pdf(code))

    def export(self) -> Path:
        from ketalearn.clinic.roster import as_csv

        return save_new(free_name(self._papers, f"roster-{self._day}", ".csv"), as_csv(self.roster))

    def statistics(self) -> list[str]:
        from ketalearn.clinic.figures import figures_of, statistics_lines

        return statistics_lines(*figures_of(self.roster, self.workspace), self.workspace)

    # ------------------------------------------------------------ where things go

    @property
    def _papers(self) -> Path:
        from ketalearn.printing import sheets_folder

        return sheets_folder(self.workspace)

    @property
    def _day(self) -> str:
        return self.workspace.today.isoformat()


def files_named(text: str) -> list[Path]:
    """Files that a typed line names: one path, several with blanks between, a folder (its returns), or a pattern.

    Raises KetalearnError when it names none.
    """
    whole = Path(text.strip()).expanduser()
    if not text.strip():
        raise KetalearnError(
            "Type where the files are: one, several, a folder, or a pattern such as *.ketalearn-return"
        )
    if whole.exists():
        names = [str(whole)]
    else:
        try:
            names = shlex.split(text, posix=os.name != "nt")
        except ValueError:
            names = [text.strip()]
    found: list[Path] = []
    for name in names:
        path = Path(name).expanduser()
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix == RETURN_SUFFIX)
            if not inside:
                raise KetalearnError(f"{harmless(str(path))} holds no file that ends in {RETURN_SUFFIX}")
            found += inside
        elif path.exists():
            found.append(path)
        elif matches := sorted(glob.glob(str(path))):  # noqa: PTH207 - a pattern may begin with a folder's own
            found += map(Path, matches)
        else:
            raise KetalearnError(f"There is no file {harmless(str(path))}; check its name and folder")
    return list(dict.fromkeys(found))


def due_from(text: str, today: dt.date) -> str:
    """A day as typed: a date, a number of days from today, or nothing. Raises KetalearnError."""
    text = text.strip()
    if not text:
        return ""
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return (today + dt.timedelta(days=int(text))).isoformat()
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise KetalearnError(
            f"'{harmless(text)}' is no date. Write it like {today.isoformat()}, or as a number of days, such as 14"
        ) from None
    if day < today:
        raise KetalearnError(f"{text} is past already; today is {today.isoformat()}")
    return day.isoformat()


def haystacks(rows: Sequence[CodeRow], today: dt.date, first: Collection[str] = ()) -> list[str]:
    """What a filter looks at for each row: its code, its days, and its state in words. `late` is who is waited for past
    the due day, and whose newest return came after it; `first` holds codes."""
    day = today.isoformat()
    found = []
    for row in rows:
        if row.returns:
            state = "returned late" if row.due and row.returned > row.due else "returned"
        else:
            state = "waiting late overdue" if row.due and row.due < day else "waiting"
        said = (" wrong" if row.sure_but_wrong else "") + (" ask" if row.to_ask else "")
        said += " safety first" if row.code in first else ""
        found.append(f"{row.code} {row.due} {row.returned} {state}{said}".casefold())
    return found


def matching(hay: Sequence[str], text: str) -> list[int]:
    """Places of the rows that hold every word of `text`."""
    words = text.casefold().split()
    return [place for place, one in enumerate(hay) if all(word in one for word in words)]


def columns(
    rows: Sequence[CodeRow], today: dt.date, *, narrow: bool, first: Collection[str] = ()
) -> tuple[str, list[str]]:
    """The head and the lines of the list; cells stand in columns. `narrow` is for 36 cells, else 74. Codes in `first`
    get the word beside their number."""
    day, mark = today.isoformat(), " FIRST"
    if narrow:
        head = f"{'Code':<11}{'Back':<6}{'Right':<7}{'Ask':<4}Wrong"
        return head, [
            f"{_cut(row.code, 10):<11}{row.returned[5:] or ('late' if row.due and row.due < day else '-'):<6}"
            f"{_share(row):<7}"
            f"{_number(row, row.to_ask):<4}{_number(row, row.wrong_questions)}{mark if row.code in first else ''}"
            for row in rows
        ]
    head = f"{'Code':<15}{'Due':<12}{'Returned':<12}{'Understood':<12}{'Sure but wrong':<16}To ask"
    return head, [
        f"{_cut(row.code, 14):<15}{row.due or '-':<12}"
        f"{row.returned or ('late' if row.due and row.due < day else 'not yet'):<12}{_share(row):<12}"
        f"{_number(row, row.wrong_questions) + (mark if row.code in first else ''):<16}"
        f"{_number(row, row.to_ask)}"
        for row in rows
    ]


def counted(codes: int) -> str:
    """How many codes, in words."""
    return "1 code" if codes == 1 else f"{codes} codes"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _share(row: CodeRow) -> str:
    # a 0 would say that all was wrong
    return f"{row.understood}/{row.objectives}" if row.tried else "-"


def _number(row: CodeRow, number: int | None) -> str:
    return "-" if number is None or not row.returns else str(number)
