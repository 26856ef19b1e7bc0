"""The app: one stage on which panes are shown. It draws places of the journey and sends answers to it.

All panes live on one screen and are shown or hidden, because changing screens costs more than a key press may take.
A pane is imported and made when its kind of place is first reached.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from ketalearn.errors import KetalearnError
from ketalearn.journey import HOME, STEPS, Back, Journey, Kind, Next, Open, Place
from ketalearn.place import CLINIC_KINDS
from ketalearn.ui.messages import AskFile, AskMany, AskOne, AskText, FindOne, Go, Inform, Redraw
from ketalearn.ui.themes import NIGHT, PAPER
from ketalearn.ui.widgets.pane import Hint, Pane

if TYPE_CHECKING:
    from ketalearn.workspace import Workspace

PANES: dict[str, tuple[str, str]] = {
    "welcome": ("welcome", "WelcomePane"),
    "home": ("home", "HomePane"),
    "page": ("lesson", "LessonPane"),
    "item": ("quiz", "QuizPane"),
    "feedback": ("quiz", "QuizPane"),
    "results": ("results", "ResultsPane"),
    "choices": ("choices", "ChoicesPane"),
    "choice": ("choices", "ChoicePane"),
    "compare": ("compare", "ComparePane"),
    "fit": ("compare", "FitPane"),
    "interview": ("interview", "InterviewPane"),
    "overview": ("overview", "OverviewPane"),
    "matters": ("matters", "MattersPane"),
    "ready": ("ready", "ReadyPane"),
    "questions": ("questions", "QuestionsPane"),
    "visit": ("visit", "VisitPane"),
    "notes": ("notes", "NotesPane"),
    "crisis": ("crisis", "CrisisPane"),
    "about": ("about", "AboutPane"),
    "rating": ("rating", "RatingPane"),
    "clinic": ("clinic", "ClinicPane"),
    "clinics": ("for_clinics", "ClinicsPane"),
    "assign": ("assign", "AssignPane"),
    "roster": ("roster", "RosterPane"),
    "patient": ("roster", "PatientPane"),
    "inform": ("words", "WordsPane"),
    "ask-text": ("words", "TextPane"),
    "ask-file": ("words", "FilePane"),
    "ask-one": ("words", "ListPane"),
    "ask-many": ("words", "TicksPane"),
    "find-one": ("words", "FindPane"),
}
"""Kind of place, or of page beside the journey, to the module and class of its pane."""

ABOVE: dict[str, Kind] = {"assign": "clinics", "roster": "clinics", "patient": "roster"}
"""Where esc leads from the clinic's own pages."""

CRISIS_WORDS = "! Crisis help"
CRISIS_WHILE_TYPING = "F2 Crisis help"
"""In a field `!` is a letter."""
MOVING = "The up and down arrows move, enter opens or chooses, esc goes back. A mouse can do all of it."
THE_PATH = (
    "The second line names the six steps of your path; take them in any order. A click on a step opens it, and so does "
    "its key on Home."
)
LETTERS = "Each screen's footer says what its letters do there. In the list on Home, the letter before a row opens it."
WIDE_FOOTER = 60
WIDEST_FRAME = 120
"""Frame and panes share one left edge; on a wider terminal they stand in the middle together."""
WIDE_SCREEN = 110
TALL_SCREEN = 20


class FootLine(Static):
    """The keys that work here; each can be clicked."""

    def __init__(self, hints: list[Hint]) -> None:
        self._spans: list[tuple[int, int, str]] = []
        super().__init__(self._written(hints), id="foot", markup=False)

    def show(self, hints: list[Hint]) -> None:
        """Show `hints` in the place of those before."""
        words = self._written(hints)
        if words != self.content:
            self.update(words, layout=False)

    def _written(self, hints: list[Hint]) -> Content:
        parts: list[str | tuple[str, str]] = []
        self._spans = []
        at = 0
        for key, word in hints:
            if parts:
                parts.append("   ")
                at += 3
            self._spans.append((at, at + len(key) + 1 + len(word), key))
            parts += [(key, "bold $accent"), f" {word}"]
            at += len(key) + 1 + len(word)
        return Content.assemble(*parts)

    @property
    def words(self) -> str:
        """What stands in the line."""
        return str(self.content)

    async def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for start, end, key in self._spans:
            if start <= offset.x < end:
                self.app.simulate_key(KEYS_SHOWN.get(key, key))


KEYS_SHOWN = {
    "esc": "escape",
    "→": "right",
    "←": "left",
    "↓": "down",
    "?": "question_mark",
    "*": "asterisk",
    "/": "slash",
    "!": "exclamation_mark",
    "F1": "f1",
}


NO_STEPS = "For nurses and doctors. What you see here stays on this computer."
"""In place of the path on the clinic's screens."""


class PathLine(Static):
    """The steps of the path; a click on one opens it."""

    def step_at(self, column: int) -> int | None:
        """The step whose name stands at this column of the words."""
        words = str(self.content)
        for step, name in enumerate(STEPS):
            start = words.find(name)
            if 0 <= start <= column < start + len(name):
                return step
        return None

    async def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        step = self.step_at(offset.x) if offset else None
        if step is not None:
            await self.app.run_action(f"step({step})")


class CrisisCorner(Static):
    """The last thing on the top line of every screen at every size."""

    def __init__(self) -> None:
        super().__init__(Content(CRISIS_WORDS), id="top-crisis")

    async def on_click(self) -> None:
        await self.app.run_action("crisis")


class StageScreen(Screen[None]):
    """The one screen; its classes say how much room there is, from the very first layout."""

    AUTO_FOCUS = ""
    """Nothing: each pane says what takes the keys, and a focus that moves on at once is styled for nothing."""

    @staticmethod
    def room(width: int, height: int) -> set[str]:
        """The classes that say how much room a terminal of this size has."""
        across = "-narrow" if width < WIDE_FOOTER else "-wide" if width >= WIDE_SCREEN else "-normal"
        return {across, "-short" if height < TALL_SCREEN else "-tall"}

    def fit(self, width: int, height: int) -> None:
        """Say the size in classes; nothing happens when they stay the same."""
        wanted = self.room(width, height)
        if not wanted <= self.classes:
            self.set_classes(wanted)


class KetalearnApp(App[None]):
    """One learner's app. `journey` decides what comes next."""

    TITLE = "ketalearn"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("exclamation_mark,f2", "crisis", "Crisis help", show=False),
        Binding("question_mark,f1", "help", "Help", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("q", "quit", "Quit", show=False),
        Binding("t", "theme", "Light or dark", show=False),
    ]

    def __init__(self, journey: Journey) -> None:
        # with NO_COLOR an RGB theme still draws greys; only the terminal's own colours are colourless
        self.colourless = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=self.colourless)
        self.journey = journey
        self.place = HOME
        self._first = journey.start()
        self._drawn_for = self.size
        self._noticed = ""
        self._beside: list[tuple[str, Any]] = []
        self._drafts: list[tuple[str, Any]] = []
        """The questions that were being answered when somebody left them; Crisis help leads back to them."""
        self._drafts_of = HOME
        self._left_draft: list[tuple[str, Any]] = []
        """The same, after Esc: the next key may be the one of Crisis help."""
        self._panes: dict[str, Pane] = {}
        if self.colourless:
            self._begin_in("ansi-dark")
        else:
            self.register_theme(NIGHT)
            self.register_theme(PAPER)
            self._begin_in("paper" if journey.memory.get("theme") == "paper" else "night")
        self.animation_level = "none"

    def _begin_in(self, theme: str) -> None:
        """The theme of the first frame, set before anything is styled; its watcher would style everything twice."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.set_class(True, f"-theme-{theme}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "ansi_default", "caution": "ansi_default", "alert": "ansi_default", "raised": "ansi_default",
                "bar": "ansi_default"}  # fmt: skip

    # ------------------------------------------------------------ the stage

    def get_default_screen(self) -> StageScreen:
        return StageScreen(id="_default", classes=" ".join(StageScreen.room(*self.size)))

    def compose(self) -> ComposeResult:
        # the first pane comes with the frame, words and all: what is mounted or filled later is laid out twice
        pane = self._made(self._first.kind)
        pane.begin(self.journey, self._first)
        with Horizontal(id="top"):
            yield Static(self._left(pane) if pane.begun else "", id="top-left", markup=False)
            yield CrisisCorner()
        yield PathLine(self._path(self._first, self.size.width), id="path", markup=False)
        yield Static(self._line(), id="rule", markup=False)
        with Container(id="stage"):
            yield pane
        yield Static(id="message", markup=False)
        yield Static(self._line(), id="rule-below", markup=False)
        yield FootLine(self.hints(pane) if pane.begun else [])

    async def on_mount(self) -> None:
        pane = self._panes[PANES[self._first.kind][1]]
        if pane.begun:
            self.place = self._first
            pane.focus_target().focus(scroll_visible=False)
            self._tell_notice()
        else:
            await self.show(self._first)
        self.call_after_refresh(self._warm)

    def _warm(self) -> None:
        """After the first frame: read the content in a thread, so that the next key finds it ready."""
        self.run_worker(self._read_content, thread=True, exit_on_error=False, name="warm")

    def _read_content(self) -> None:
        pack = self.journey.workspace.pack
        import_module("ketalearn.learning.review")
        try:
            _ = (pack.info, pack.sources, pack.facts, pack.groups, pack.interview, pack.items)
            _ = (pack.safety, pack.help_regions, pack.options, pack.glossary, pack.personal_values)
            for module in PANES.values():
                import_module(f"ketalearn.ui.screens.{module[0]}")
        except KetalearnError:
            # said with its place when the person opens what is faulty
            return
        finally:
            if not gc.isenabled():
                # it was off for the start. The content is kept for as long as the app runs: to look
                # through all of it for garbage again and again would hold up a key for longer than its answer takes
                gc.freeze()
                gc.enable()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Once the content is read: bring up to date what Home says of reviews, should a day have passed."""
        if event.worker.name != "warm" or event.state != WorkerState.SUCCESS or not self.journey.quiz.settle():
            return
        if self.place.kind == "home" and not self._beside:
            self.pane.draw(self.place)
            self._draw_frame(self.pane)

    async def show(self, place: Place) -> None:
        """Draw `place`; a fault in the content is said in words and leaves the person where they were."""
        try:
            pane = await self._pane(place.kind)
            pane.draw(place)
        except KetalearnError as error:
            self.say(f"This cannot be opened. {str(error).splitlines()[0]}")
            if place.kind != "home" and not self._panes:
                await self.show(HOME)
            return
        self.place = place
        self._beside.clear()
        self._bring_up(pane)
        if place.kind != "crisis" and self._drafts:
            drafts, self._drafts = self._drafts, []
            if place == self._drafts_of:
                # nothing is asked again, so the words stand there as they were typed
                self._beside = drafts
                self._bring_up(await self._pane(drafts[-1][0]))
        self._tell_notice()

    def _tell_notice(self) -> None:
        """Say once what happened to the file of answers: it was damaged, or cannot be written."""
        if self.journey.memory.notice != self._noticed:
            self._noticed = self.journey.memory.notice
            self.say(self._noticed)

    async def _pane(self, kind: str) -> Pane:
        name = PANES[kind][1]
        if name not in self._panes:
            pane = self._made(kind)
            pane.display = False
            await self.query_one("#stage").mount(pane)
        return self._panes[name]

    def _made(self, kind: str) -> Pane:
        """A new pane for `kind`, not mounted yet."""
        module, name = PANES[kind]
        pane_class: type[Pane] = getattr(import_module(f"ketalearn.ui.screens.{module}"), name)
        self._panes[name] = pane_class()
        return self._panes[name]

    def _bring_up(self, pane: Pane) -> None:
        for other in self._panes.values():
            if other.display != (other is pane):
                other.display = other is pane
        pane.scroll_home(animate=False)
        pane.focus_target().focus(scroll_visible=False)
        self._draw_frame(pane)

    @property
    def pane(self) -> Pane:
        """The pane that is shown."""
        return next(pane for pane in self._panes.values() if pane.display)

    # ------------------------------------------------------------ the frame

    def _draw_frame(self, pane: Pane) -> None:
        self._put("#top-left", self._left(pane))
        self._put("#path", self._path(pane.place, self.size.width))
        self._draw_below()
        self.call_after_refresh(self._draw_below)
        self.draw_keys()

    def _put(self, line: str, words: Content) -> None:
        """Write a line of the frame, if it changed; its height never does, so nothing is laid out again."""
        widget = self.query_one(line, Static)
        if widget.content != words:
            widget.update(words, layout=False)

    def _left(self, pane: Pane) -> Content:
        """Where one is; or, before that, that nothing can be saved."""
        left = pane.title() or "ketalearn"
        return Content(left if self.journey.memory.saved else f"! Not saved · {left}")

    def _line(self, words: str = "") -> Content:
        """A rule across the screen, with words at its end."""
        return Content(words.rjust(max(self._across, 10), "─"))

    @property
    def _across(self) -> int:
        """Cells between the margins of the frame."""
        return min(self.size.width, WIDEST_FRAME) - (4 if self.size.width >= WIDE_FOOTER else 3)

    def _draw_below(self) -> None:
        """The rules above and below the pane; they say when there is more to scroll to."""
        # while the app closes no pane is shown any more, nor this line, and a word of a list may still arrive
        if not self.query("#rule-below"):
            return
        shown = next((pane for pane in self._panes.values() if pane.display), None)
        words = " more below ↓ " if shown is not None and shown.more_below else ""
        above = " more above ↑ " if shown is not None and shown.more_above else ""
        self._put("#rule", self._line(above))
        self._put("#rule-below", self._line(words))
        self.query_one("#rule-below").set_class(bool(words), "more")

    def on_scrolled(self) -> None:
        self._draw_below()

    def _path(self, place: Place, width: int) -> Content:
        """The steps, the one that one is in between brackets; with less room, that one alone."""
        step = place.step
        if place.kind in CLINIC_KINDS:
            return Content(NO_STEPS if width >= len(NO_STEPS) + 4 else NO_STEPS.partition(".")[0])
        if width < len(" · ".join(STEPS)) + 6:
            if step is None:
                return Content("Your path has six steps" if place.kind in ("welcome", "home") else "")
            return Content.assemble(f"Step {step + 1} of {len(STEPS)}: ", (STEPS[step], "bold $accent"))
        parts: list[str | tuple[str, str]] = []
        for at, name in enumerate(STEPS):
            parts.append(" · " if parts else "")
            parts.append((f"[{name}]", "bold $accent") if at == step else name)
        return Content.assemble(*parts)

    def hints(self, pane: Pane) -> list[Hint]:
        """The footer: help and the way out always, then as many keys of the pane as have room."""
        way_out: Hint = (
            ("q", "quit") if pane.place.kind in ("home", "welcome") and not self._beside else ("esc", "back")
        )
        hints: list[Hint] = [("F1" if pane.typing else "?", "help"), way_out]
        room = 3 if self.size.width >= WIDE_FOOTER else 1
        for hint in pane.hints()[:room]:
            used = sum(len(key) + len(word) + 4 for key, word in [*hints, hint])
            if used - 3 <= self._across:
                hints.append(hint)
        return hints

    def draw_keys(self) -> None:
        """Write the footer again, and the key of Crisis help, which is another one while somebody types."""
        pane = self.pane
        self.query_one(FootLine).show(self.hints(pane))
        corner = self.query_one(CrisisCorner)
        words = Content(CRISIS_WHILE_TYPING if pane.typing else CRISIS_WORDS)
        if corner.content != words:
            corner.update(words)

    def say(self, words: str) -> None:
        """Words about what just happened, above the footer; "" takes them away."""
        line = self.query_one("#message", Static)
        if str(line.content) != words:
            line.update(Content(words))
            line.set_class(bool(words), "shown")

    def on_resize(self, event: Resize) -> None:
        if event.size == self._drawn_for:
            return
        self._drawn_for = event.size
        if isinstance(self.screen, StageScreen):
            self.screen.fit(*event.size)
        if self._panes:
            if not self._beside:
                self.pane.draw(self.place)
            self._draw_frame(self.pane)

    # ------------------------------------------------------------ messages

    async def on_go(self, message: Go) -> None:
        self.say("")
        self._left_draft = []
        try:
            place = self.journey.advance(self.place, message.answer)
        except KetalearnError as error:
            self.say(str(error).splitlines()[0])
            return
        await self.show(place)
        if message.then is not None:
            message.then()

    async def on_redraw(self, message: Redraw) -> None:
        pane = self.pane
        pane.draw(self.place)
        self._draw_frame(pane)
        self.say(message.words)

    async def on_inform(self, message: Inform) -> None:
        await self._show_beside("inform", message)

    async def on_ask_text(self, message: AskText) -> None:
        await self._show_beside("ask-text", message)

    async def on_ask_file(self, message: AskFile) -> None:
        await self._show_beside("ask-file", message)

    async def on_ask_one(self, message: AskOne) -> None:
        await self._show_beside("ask-one", message)

    async def on_ask_many(self, message: AskMany) -> None:
        await self._show_beside("ask-many", message)

    async def on_find_one(self, message: FindOne) -> None:
        await self._show_beside("find-one", message)

    async def _show_beside(self, kind: str, message: Any) -> None:
        self.say("")
        self._left_draft.clear()
        pane = await self._pane(kind)
        pane.ask(message)  # type: ignore[attr-defined]
        pane.draw(self.place)
        self._beside.append((kind, message))
        self._bring_up(pane)

    async def close_beside(self, then: Callable[[], None] | None = None) -> None:
        """Leave a page beside the journey; `then` runs once the pane below is back.

        Help that was opened from a question leads back to that question, with what was typed in it.
        """
        if then is None and len(self._beside) > 1:
            self._beside.pop()
            self._bring_up(await self._pane(self._beside[-1][0]))
            return
        self._beside.clear()
        here = self.place
        pane = await self._pane(here.kind)
        pane.draw(here)
        self._bring_up(pane)
        if then is not None:
            then()

    # ------------------------------------------------------------ actions

    def keep_draft(self) -> None:
        """Somebody leaves a question with words typed in it: should Crisis help be what they want, it leads back."""
        self._left_draft = self._being_typed()

    def _being_typed(self) -> list[tuple[str, Any]]:
        """The pages beside the journey up to the last one that is typed in."""
        typed = [at for at, (kind, _) in enumerate(self._beside) if self._panes[PANES[kind][1]].typing]
        return self._beside[: typed[-1] + 1] if typed else []

    async def action_crisis(self) -> None:
        if drafts := self._being_typed() or self._left_draft:
            self._drafts, self._drafts_of = drafts, self.place
        self._left_draft = []
        self._beside.clear()
        await self.on_go(Go(Open(Place("crisis"))))

    async def action_back(self) -> None:
        if self._beside:
            await self.close_beside()
        elif self.place.kind == "crisis":
            await self.on_go(Go(Next()))
        elif self.place.kind in ("choice", "compare", "fit"):
            await self.on_go(Go(Open(Place("choices"))))
        elif self.place.kind == "rating":
            await self.on_go(Go(Back()))
        elif self.place.kind in ABOVE:
            await self.on_go(Go(Open(Place(ABOVE[self.place.kind]))))
        elif self.place.kind in ("home", "welcome"):
            self.say(f"Press q to leave. {self.journey.parting()}" if self.place.kind == "home" else "")
        else:
            await self.on_go(Go(Open(HOME)))

    async def action_step(self, step: int) -> None:
        """Open a step of the path."""
        self._beside.clear()
        await self.on_go(Go(Open(self.journey.step_place(step, self.place))))

    async def action_step_back(self) -> None:
        await self.on_go(Go(Back()))

    async def action_help(self) -> None:
        pane = self.pane
        lines: list[str | tuple[str, str]] = [f"{MOVING}\n\n", f"{pane.ABOUT}\n\n"]
        keys: list[Hint] = [
            ("!", "crisis help, from anywhere (while typing: F2, or Esc, then !)"),
            *pane.hints(),
            *pane.more_keys(),
            ("esc", "back, or home"),
            ("t", "light or dark"),
            ("q", f"quit. {self.journey.parting()}"),
        ]
        for key, word in dict(keys).items():
            lines += [(f"{key:>6}", "bold $accent"), f"  {word}\n"]
        lines.append(f"\n{LETTERS}\n\n{THE_PATH}")
        self.post_message(Inform("Help", Content.assemble(*lines)))

    def action_theme(self) -> None:
        if self.colourless:
            self.say("Colours are off, as you asked with NO_COLOR.")
            return
        self.theme = "paper" if self.theme == "night" else "night"
        self.journey.memory.put("theme", self.theme)


def run_app(workspace: Workspace) -> int:
    """Open the app for one workspace; the exit status of the command."""
    app = KetalearnApp(Journey(workspace))
    gc.disable()
    app.run()
    return app.return_code or 0
