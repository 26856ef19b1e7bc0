"""About me: nine short screens. Groups stay closed until opened, any word can be searched, all can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ketalearn.decision.safety import grave
from ketalearn.journey import Back, Next, Open, Place, Said, Typed
from ketalearn.ui.messages import AskMany, AskOne, AskText
from ketalearn.ui.widgets.field import TYPING
from ketalearn.ui.widgets.pane import SHORT, Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.content.models import AskedField, Value
    from ketalearn.decision.medicines import Guess

Part = str | tuple[str, str]

NONE = "none"
GO_ON = "go-on"
ENOUGH = "enough"
NAMES = "names"
GROUP = "group:"
ELSEWHERE = "elsewhere:"
WORDS = "words"
GROUPS_OPEN = "Enter opens a group and ticks a line. Skip what you like."
NOTHING_MARKED = "Nothing is ticked. Press ↓ to go to a row, then enter. Or → for the next page."


class InterviewPane(Pane):
    """One screen of the interview."""

    ABOUT = (
        "Tick what fits. You can skip every question, and change any answer later. It stays on this computer. "
        "Rows with + open, rows with − close. / finds a word in the list."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "nothing_marked", show=False),
        Binding("right", "next", show=False),
        Binding("left", "before", show=False),
        Binding("slash", "find", show=False),
        Binding("u", "undo", show=False),
        Binding("l", "enough", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Input(placeholder="type a word, then enter", id="find")
        yield Static(TYPING, id="typing", classes="quiet", markup=False)
        yield Rows(digits=False)

    @property
    def typing(self) -> bool:
        return self.query_one(Input).has_focus

    def on_descendant_focus(self) -> None:
        self.tell_keys()

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._open: set[str] = set()
        self._found = ""
        self._wanted = ""
        """The row to begin on when another page opens from a search."""

    def on_mount(self) -> None:
        self._show_find(False)

    def _show_find(self, shown: bool) -> None:
        """The field to search by, with the line that says how to reach crisis help from it."""
        self.query_one(Input).display = shown
        self.query_one("#typing").display = shown

    def draw(self, place: Place) -> None:
        fresh = getattr(self, "place", None) != place
        if fresh:
            self._open = set()
            self._found = ""
            self._show_find(False)
            self.query_one(Input).value = ""
        super().draw(place)
        screen = next(one for one in self.journey.workspace.pack.interview.screen if one.id == place.screen)
        self._fields = [self.journey.workspace.vocabulary.fields[name] for name in screen.fields]
        parts: list[Part] = [*self._numbers(), (screen.title, "bold $accent")]
        helps = [field.help for field in self._fields if field.help]
        if any(field.group for field in self._fields):
            helps.append(GROUPS_OPEN)
        if helps:
            parts.append(f"\n{' '.join(helps)}")
        self.query_one("#head", Static).update(Content.assemble(*parts))
        wanted, self._wanted = self._wanted, ""
        for field in self._fields:
            self._open |= {
                group.title for group in field.group if wanted in [f"{field.id}:{name}" for name in group.values]
            }
        rows = self._rows()
        listed = self.query_one(Rows)
        # a key pressed without thought must say neither that one thinks of suicide nor that one is safe
        unmarked = self._grave and not wanted and (fresh or not self.display or listed.highlighted is None)
        listed.fill(rows, highlight=wanted or (self._first(rows) if fresh else None), unmarked=unmarked)

    @property
    def _grave(self) -> bool:
        """Whether answers of this page open Crisis help by themselves: more than one among plain ones."""
        return grave(self.journey.workspace.pack.safety, self._fields)

    def _numbers(self) -> list[Part]:
        """Above a page of grave statements: the emergency number and the main line to talk with, in that order."""
        if not self._grave:
            return []
        entries = self.journey.crisis().entries
        parts: list[Part] = [(f"{entry.reach}\n", "bold $alert") for entry in entries if entry.emergency]
        if main := next((entry for entry in entries if entry.main and not entry.emergency), None):
            parts.append(f"{main.name}: {main.ways[0] if main.ways else main.reach}.\n")
        return parts if self.app.size.height < SHORT else [*parts, "\n"]

    # ------------------------------------------------------------ rows

    def _rows(self) -> list[Row]:
        profile = self.journey.profile()
        rows: list[Row] = []
        answers = sum(len(profile.chosen(field.id)) for field in self._fields)
        # offered only where it takes nothing back
        none = not answers and any(field.kind == "many" for field in self._fields)
        none_row = Row(Content("( ) None of these"), NONE, hang=4)
        for field in self._fields:
            chosen = profile.chosen(field.id)
            if len(self._fields) > 1:
                rows.append(Row(Content(field.label), heading=True))
            if self._found:
                rows += [self._value(field, value, chosen) for value in field.value if self._fits(value)]
                continue
            values = {value.id: value for value in field.value}
            for group in field.group:
                ticked = sum(name in chosen for name in group.values)
                is_open = group.title in self._open
                told = f"  {ticked} ticked" if ticked else ""
                words = Content.assemble(f"{'−' if is_open else '+'} {group.title}", (told, "$accent"))
                rows.append(Row(words, f"{GROUP}{group.title}", hang=2))
                if is_open:
                    rows += [self._value(field, values[name], chosen, inside=True) for name in group.values]
            grouped = {name for group in field.group for name in group.values}
            plain = [value for value in field.value if value.id not in grouped]
            # what one would rather not say is no statement: below the grave ones, it stands after "none"
            last = [value for value in plain if self._grave and value.id in field.exclusive]
            rows += [self._value(field, value, chosen) for value in plain if value not in last]
            rows += [none_row] * (none and self._grave)
            rows += [self._value(field, value, chosen) for value in last]
        if self._found:
            rows += self._elsewhere(any(not row.heading for row in rows))
        if any(field.id == "medicines" for field in self._fields):
            names = ", ".join(profile.medicine_names)
            rows.append(Row(Content(f"✎ Type a medicine's name{': ' + names if names else ''}"), NAMES, hang=2))
        if any(field.id == "concerns" for field in self._fields):
            told = "written" if profile.free_text else "in your own words"
            rows.append(Row(Content(f"✎ Something else to say ({told})"), WORDS, hang=2))
        if none and not self._grave:
            rows.append(none_row)
        if self.app.size.height >= SHORT:
            rows.append(Row(Content(""), "gap", heading=True))
        kept = (
            "your answer is kept" if answers == 1 else f"your {answers} answers are kept" if answers else "or skip this"
        )
        rows.append(Row(Content(f"→ Go on to the next page ({kept})"), GO_ON, hang=2))
        rows.append(Row(Content("→ That is enough for now: see all answers"), ENOUGH, hang=2))
        return rows

    def _elsewhere(self, some: bool) -> list[Row]:
        """What fits the search on other pages, each with its page. `some`: whether anything fits on this one."""
        vocabulary = self.journey.workspace.vocabulary.fields
        rows: list[Row] = []
        for screen in self.journey.workspace.pack.interview.screen:
            if screen.id == self.place.screen:
                continue
            for name in screen.fields:
                rows += [
                    Row(Content(f"{screen.title}: {value.label}"), f"{ELSEWHERE}{screen.id}:{name}:{value.id}", hang=2)
                    for value in vocabulary[name].value
                    if self._fits(value)
                ]
        if rows:
            return [
                Row(Content("On other pages" if some else "Not on this page. On other pages:"), heading=True),
                *rows,
            ]
        if some:
            return []
        return [Row(Content(f"Nothing fits '{self._found}'. Press / to try another word."), "nothing")]

    @staticmethod
    def _first(rows: list[Row]) -> str:
        """The key of the first row that can be chosen."""
        return next((row.key for row in rows if not row.heading), "")

    def _fits(self, value: Value) -> bool:
        words = f"{value.label} {value.help} {' '.join(value.names)}".casefold()
        return self._found.casefold() in words

    @staticmethod
    def _value(field: AskedField, value: Value, chosen: tuple[str, ...], *, inside: bool = False) -> Row:
        on = value.id in chosen
        box = ("[x]" if on else "[ ]") if field.kind == "many" else ("(●)" if on else "( )")
        parts: list[Part] = ["  " if inside else "", (f"{box} ", "bold $accent" if on else ""), value.label]
        if value.help:
            parts.append((f"\n{'      ' if inside else '    '}{value.help}", "$quiet"))
        return Row(Content.assemble(*parts), f"{field.id}:{value.id}", hang=6 if inside else 4)

    # ------------------------------------------------------------ the frame

    def title(self) -> str:
        screens = self.journey.screens
        at = screens.index(self.place.screen) + 1
        return f"About me {at}/{len(screens)}" if self.app.size.width < 60 else f"About me · {at} of {len(screens)}"

    def hints(self) -> list[Hint]:
        if not self._grave:
            return [("enter", self._enter()), ("→", "next"), ("/", "find")]
        # with no row marked, enter does nothing yet
        first: Hint = ("enter", self._enter()) if self.query_one(Rows).key else ("↓", "to a row")
        return [first, ("→", "next")]

    def _enter(self) -> str:
        """What enter does on the highlighted row, in a word."""
        key = self.query_one(Rows).key
        if key.startswith(GROUP):
            return "close" if key.removeprefix(GROUP) in self._open else "open"
        if key in (NAMES, WORDS):
            return "type"
        if key.startswith(ELSEWHERE):
            return "go there"
        return "tick" if ":" in key else "next"

    def on_option_list_option_highlighted(self) -> None:
        self.tell_keys()

    def more_keys(self) -> list[Hint]:
        return [
            ("←", "the page before"),
            ("u", "undo the last change"),
            ("l", "enough for now: the list of all answers"),
        ]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    # ------------------------------------------------------------ keys

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        key = event.key
        if key.startswith(GROUP):
            self._open ^= {key.removeprefix(GROUP)}
            self.query_one(Rows).fill(self._rows())
            self.tell_keys()
        elif key.startswith(ELSEWHERE):
            screen, _, self._wanted = key.removeprefix(ELSEWHERE).partition(":")
            self.go(Open(Place("interview", screen=screen)))
        elif key in (NONE, GO_ON):
            self.go(Next())
        elif key == ENOUGH:
            self.action_enough()
        elif key == NAMES:
            self._ask_names()
        elif key == WORDS:
            self._ask_words()
        elif ":" in key:
            field_id, _, value_id = key.partition(":")
            field = next(field for field in self._fields if field.id == field_id)
            self._tick(field, value_id)

    def _tick(self, field: AskedField, value_id: str) -> None:
        chosen = list(self.journey.profile().chosen(field.id))
        if value_id in chosen:
            chosen.remove(value_id)
        else:
            chosen.append(value_id)
        self.go(Said(field.id, tuple(chosen)))

    def _ask_names(self) -> None:
        self.post_message(
            AskText(
                "Medicines you take",
                "Type the names as they stand on the box, with a comma between them. "
                "We show which kind each one is, for you to check.",
                self._keep_names,
                ", ".join(self.journey.profile().medicine_names),
            )
        )

    def _keep_names(self, text: str) -> None:
        before = self.journey.profile().medicine_names
        self.go(Typed("medicine_names", text), lambda: self._confirm(list(self.journey.medicine_guesses(before))))

    def _confirm(self, guesses: list[Guess]) -> None:
        """Ask about one name with a slip after the other, then say what each name is."""
        if not self.display:
            return
        if not guesses:
            self._say_names()
            return
        guess, left = guesses[0], guesses[1:]

        def chosen(at: int) -> None:
            if at == 0:
                self.journey.correct_name(guess)
            if at == 1:
                self._ask_names()
                return
            self._confirm(left)

        known = guess.known
        self.post_message(
            AskOne(
                f"Did you mean {known.name} ({known.kind_words})?",
                [f"Yes: {known.name}", "No: type it again", f"Leave it as typed: {guess.typed}"],
                chosen,
            )
        )

    def _say_names(self) -> None:
        names = self.journey.workspace.vocabulary.medicine_names
        told = []
        for name in self.journey.profile().medicine_names:
            known = names.exact(name)
            told.append(f"{name}: {known.kind_words}." if known else f"{name}: kept as typed, kind not known.")
        if told and self.display:
            self.redraw(f"{' '.join(told)} Right? u undoes it.")

    def _ask_words(self) -> None:
        self.post_message(
            AskText(
                "Something else you want to say",
                "In your own words. It stays on this computer, and is not printed.",
                self._keep_words,
                self.journey.profile().free_text,
            )
        )

    def _keep_words(self, text: str) -> None:
        self.go(Typed("free_text", text), self._suggest)

    def _suggest(self) -> None:
        offered = self.journey.suggested()
        if not offered or not self.display:
            return
        facts = [fact for fact, _ in offered]

        def chosen(ticked: list[int]) -> None:
            self.journey.add_suggested(facts, [facts[at] for at in ticked])
            self.redraw("Added. u undoes it." if ticked else "Nothing was added.")

        self.post_message(
            AskMany(
                "Your words made us think of:",
                [label for _, label in offered],
                chosen,
                "Tick what you want to add to your answers. Nothing is added by itself.",
                "Add what is ticked, and leave the rest",
            )
        )

    def action_nothing_marked(self) -> None:
        self.redraw(NOTHING_MARKED)

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    def action_enough(self) -> None:
        self.go(Open(Place("overview")))

    def action_undo(self) -> None:
        self.redraw("Undone." if self.journey.undo() else "There is nothing to undo.")

    def action_find(self) -> None:
        field = self.query_one(Input)
        self._show_find(True)
        field.value = ""
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._found = event.value.strip()
        if self.display and self.query_one(Input).display:
            rows = self._rows()
            # what was looked for is what enter should tick
            self.query_one(Rows).fill(rows, highlight=self._first(rows))

    def on_input_submitted(self) -> None:
        rows = self.query_one(Rows)
        rows.focus()
        if self._found:
            # the row that is marked is what enter speaks of, wherever the typing is
            rows.action_select()
        else:
            self._show_find(False)

    def on_key(self, event: object) -> None:
        from textual.events import Key

        if isinstance(event, Key) and event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self.query_one(Rows).focus()
        elif isinstance(event, Key) and event.key == "escape" and (self._found or self.query_one(Input).has_focus):
            # the first escape leaves the search, the next one the screen
            event.stop()
            event.prevent_default()
            self._found = ""
            self._show_find(False)
            self.query_one(Rows).fill(self._rows())
            self.query_one(Rows).focus()
