"""The notes of the visit: what was asked, what was not, what was noted; change any, and save the answered sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision.visit import CLOSING, Visit
from ketalearn.errors import KetalearnError
from ketalearn.journey import Begin, Open, Place
from ketalearn.ui.messages import AskOne, AskText
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.render.answered import AnsweredFormat

SAVE_ROWS: tuple[tuple[str, AnsweredFormat, bool, bool], ...] = (
    ("Save as PDF, to print or send", "pdf", False, False),
    ("Save as PDF in large print", "pdf", True, False),
    ("Save as plain text", "text", False, False),
    ("Save as Markdown", "markdown", False, False),
    ("Save a PDF that says nothing about me: no notes", "pdf", False, True),
)
"""What the row says, the format, large print, and whether all that is said about the person stays out."""


class NotesPane(Pane):
    """All questions of the visit with their notes."""

    ABOUT = (
        "All that you asked and noted at the visit. Enter opens a question to change its note. "
        "p saves your questions with their answers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "save", show=False),
        Binding("a", "add", show=False),
        Binding("left", "before", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows(digits=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.visit: Visit = self.journey.visit()
        visit = self.visit
        self.query_one(Static).update(
            Content.assemble((f"My visit of {visit.day}", "bold $accent"), f"\n{visit.counts}")
        )
        self.query_one(Rows).fill(self._rows())

    def _rows(self) -> list[Row]:
        visit = self.visit
        rows = [Row(Content("→ Save my questions with their answers"), "save", hang=2)]
        for one in visit.questions:
            rows.append(self._row("[x] " if one.asked else "[ ] ", one.text, one.note, one.name))
        for name, (text, _) in CLOSING.items():
            rows.append(self._row("    ", text, visit.note(name), name))
        rows.append(Row(Content("+ Add a question that came up"), "add", hang=2))
        rows.append(Row(Content("→ Begin a new visit"), "begin", hang=2))
        return rows

    @staticmethod
    def _row(tick: str, text: str, note: str, name: str) -> Row:
        words = " ".join(note.split())
        return Row(Content.assemble((tick, "bold $accent"), text, *([f"\n✎ {words}"] if words else [])), name, hang=4)

    def title(self) -> str:
        return "My visit · notes"

    def hints(self) -> list[Hint]:
        return [("p", "save"), ("enter", "change")]

    def more_keys(self) -> list[Hint]:
        return [("a", "add a question that came up"), ("←", "back to the last question")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        match event.key:
            case "save":
                self.action_save()
            case "add":
                self.action_add()
            case "begin":
                self.action_begin()
            case name:
                self.go(Open(Place("visit", screen=name)))

    def action_before(self) -> None:
        self.go(Open(Place("visit", screen=self.visit.names[-1])))

    def action_add(self) -> None:
        self.post_message(AskText("A question that came up", "Write it as you would say it.", self._added))

    def _added(self, words: str) -> None:
        self.journey.add_to_visit(words)
        if crisis := self.journey.crisis_after(words, self.place):
            self.go(Open(crisis))
        else:
            self.redraw("Added." if words.strip() else "")

    def action_begin(self) -> None:
        if not self.visit.used:
            self.go(Begin())
            return
        self.post_message(
            AskOne(
                "Begin a new visit?",
                ["Stay with this one", "Begin a new one"],
                lambda at: self.go(Begin()) if at else None,
                f"The notes of {self.visit.day} stay on this computer. Save them first if you want them on paper.",
            )
        )

    # ------------------------------------------------------------ saving

    def action_save(self) -> None:
        visits = [self.visit, *self.journey.visits.earlier]
        if len(visits) == 1:
            self._ask_how(self.visit)
            return
        rows = [f"Visit of {one.day}: {one.counts}" for one in visits]
        # the list is asked once the one before it is closed
        self.post_message(AskOne("Which visit?", rows, lambda at: self._ask_how(visits[at])))

    def _ask_how(self, visit: Visit) -> None:
        self.post_message(
            AskOne(
                "Save my questions with their answers",
                [row[0] for row in SAVE_ROWS],
                lambda at: self._save(visit, at),
                "A saved sheet stays on this computer until you delete it.",
            )
        )

    def _save(self, visit: Visit, at: int) -> None:
        from ketalearn.printing import sheets_folder
        from ketalearn.render.answered import SUFFIX, answered_of, rendered, stem
        from ketalearn.render.formats import paper_for
        from ketalearn.store.folders import free_name, save_new

        _, form, large, hide = SAVE_ROWS[at]
        workspace = self.journey.workspace
        paper = paper_for(self.journey.profile().region or workspace.region)
        try:
            data = rendered(answered_of(self.journey, visit, hide=hide), form, paper=paper, large_print=large)
            path = save_new(free_name(sheets_folder(workspace), stem(visit), SUFFIX[form]), data)
            words = f"Saved: {path}"
        except (KetalearnError, OSError) as error:
            words = f"The sheet could not be saved: {error}"
        self.redraw(words)
