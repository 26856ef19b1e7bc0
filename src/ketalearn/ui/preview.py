"""The app around one file of a pack: drawn by the panes that readers see, and drawn again when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ketalearn.errors import ContentError, KetalearnError
from ketalearn.place import HOME, Place
from ketalearn.preview import errors_in
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.messages import Inform

if TYPE_CHECKING:
    from ketalearn.findings import Finding
    from ketalearn.preview import Preview
    from ketalearn.ui.widgets.pane import Hint, Pane

LOOK_SECONDS = 0.3
"""How often the files are looked at. A file that is still being written is read at the look after."""
MEND = "What to mend"
WAITING = "Mend the file and save it: this reads it again by itself. q leaves."


class PreviewApp(KetalearnApp):
    """One file, as readers will see it. `f` lists what `check` says about it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f", "faults", "Faults", show=False)]

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.findings: list[Finding] = []
        self.blocked = ""
        """Why the file cannot be drawn now, "" when it can be."""
        self._read_at = ""
        super().__init__(preview.journey)
        self.place = self._first = self._begin_at()
        self._seen = self._drawn_from = preview.stamp()

    def _begin_at(self) -> Place:
        """The first place of the file; Home stands behind the list of faults where it cannot be read."""
        try:
            places = self.preview.places()
        except KetalearnError as error:
            self._block(error)
            return HOME
        self.blocked = ""
        return places[0] if places else HOME

    def _block(self, error: KetalearnError) -> None:
        self.blocked = str(error)
        self._read_at = "cannot be shown yet"
        if isinstance(error, ContentError):
            self.findings = error.findings

    async def on_mount(self) -> None:
        # the app's own handler draws the first place after this one
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        if self.blocked:
            await self._show_faults()
        else:
            self._check()
        self.set_interval(LOOK_SECONDS, self._look)

    # ------------------------------------------------------------ reading again

    async def _look(self) -> None:
        """Read the file again once its folder has changed and stayed the same for one look."""
        stamp = self.preview.stamp()
        if stamp == self._seen and stamp != self._drawn_from:
            self._drawn_from = stamp
            await self._again()
        self._seen = stamp

    async def _again(self) -> None:
        """Draw the file as it is now, at the same place and as far down as before."""
        was_blocked = bool(self.blocked)
        down = 0.0 if was_blocked else self.pane.scroll_y
        self.preview = self.preview.again()
        self.journey = self.preview.journey
        try:
            places = self.preview.places()
        except KetalearnError as error:
            self._block(error)
            await self._show_faults()
            return
        self.blocked = ""
        here = next((place for place in places if place == self.place._replace(kind=place.kind)), None)
        if here is None:
            here = places[0] if places else HOME
        elif self.place.kind == "feedback":
            here = self.journey.quiz.open(here)
        # a pane remembers what it drew: another file needs another pane
        for pane in self._panes.values():
            await pane.remove()
        self._panes.clear()
        await self.show(here)
        self.call_after_refresh(self.pane.scroll_to, y=down, animate=False)
        self._check()

    def _check(self) -> None:
        """Ask `check` about the file in a thread: the page is there at once."""
        preview = self.preview

        def ask() -> None:
            try:
                found = preview.findings()
            except KetalearnError:
                return
            self.call_from_thread(self._tell, preview, found)

        self.run_worker(ask, thread=True, exclusive=True, exit_on_error=False, group="check")

    def _tell(self, preview: Preview, found: list[Finding]) -> None:
        if preview is not self.preview or self.blocked:
            return
        self.findings = found
        # a page without faults keeps all the room that readers have
        self._read_at = f"read {preview.now():%H:%M:%S}, {_counted(found) or 'nothing to mend'}"
        if found:
            first = found[0]
            self.say(f"{_counted(found)} (f). Line {first.line}: {first.code} {first.message}; {first.fix}")
        self._draw_frame(self.pane)

    async def _show_faults(self) -> None:
        title = "This cannot be shown yet" if self.blocked else MEND
        parts: list[str | tuple[str, str]] = []
        for finding in self.findings:
            place = f"{finding.path}:{finding.line}:{finding.col}"
            look = "bold $alert" if finding.level == "error" else "bold $caution"
            parts += [(f"{finding.code} ", look), (place, "bold"), f"\n{finding.message}; {finding.fix}\n\n"]
        if not parts:
            parts.append(self.blocked or "Nothing to mend.")
        await self._show_beside("inform", Inform(title, Content.assemble(*parts)))
        if self.blocked:
            self.say(WAITING)

    # ------------------------------------------------------------ keys

    def hints(self, pane: Pane) -> list[Hint]:
        """Quit is the way out of the file; the faults come before the pane's own keys."""
        hints = super().hints(pane)
        way_out: Hint = ("esc", "back") if self._beside and not self.blocked else ("q", "quit")
        rest = [hint for hint in hints[2:] if hint[0] != "f"]
        return [hints[0], way_out, *([("f", "faults")] if self.findings and not self._beside else []), *rest][:5]

    def _left(self, pane: Pane) -> Content:
        name = self.preview.target.file.name
        if self.size.width < 60:
            return Content(f"Preview of {name}")
        return Content(f"Preview of {name} · {self._read_at or pane.title()}")

    async def action_faults(self) -> None:
        if not self._beside:
            await self._show_faults()

    async def close_beside(self, then: Callable[[], None] | None = None) -> None:
        if self.blocked:
            self.say(WAITING)
        else:
            await super().close_beside(then)

    async def action_back(self) -> None:
        if self._beside or self.place.kind == "crisis":
            await super().action_back()
            return
        first = self._begin_at()
        if self.place == first:
            self.say("Press q to leave the preview.")
        elif not self.blocked:
            await self.show(first)


def _counted(found: list[Finding]) -> str:
    errors = errors_in(found)
    others = len(found) - errors
    told = [f"{errors} error{'s' if errors != 1 else ''}"] if errors else []
    return " and ".join([*told, f"{others} to look at"] if others else told)


def run_preview(preview: Preview) -> int:
    """Show the file until the person quits; the status says whether it has errors then."""
    app = PreviewApp(preview)
    app.run()
    return app.return_code or (1 if app.blocked or errors_in(app.findings) else 0)
