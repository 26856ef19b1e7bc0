"""The pooled figures in words, with what is too few to say. They say how a question works, not how a person does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ketalearn.clinic.statistics import (
    SHARE_FROM,
    SPREAD_FROM,
    Interval,
    ItemFigures,
    ModuleFigures,
    Shape,
    item_figures,
    module_figures,
)

if TYPE_CHECKING:
    from ketalearn.clinic.roster import Roster
    from ketalearn.workspace import Workspace

NONE_YET = "No quiz answers were sent yet. People choose whether to send theirs."
HARDEST = "Hardest questions"
MOST_HARD = 5
ABOUT = (
    "First answers of all who sent theirs, pooled and without codes. They say how a question works, not how a person "
    f"does. Under {SHARE_FROM} answers there are counts alone; from {SHARE_FROM} the share right; from {SPREAD_FROM} "
    "how a question goes with the others. Two numbers in brackets: the true figure is likely between them."
)


def figures_of(roster: Roster, workspace: Workspace) -> tuple[tuple[ItemFigures, ...], tuple[ModuleFigures, ...]]:
    """Figures of all items and modules that anyone sent answers to."""
    tried = list(roster.tried())
    return item_figures(tried, shapes(workspace)), module_figures(tried)


def shapes(workspace: Workspace) -> dict[str, Shape]:
    """What the pack says of each item."""
    pack = workspace.pack
    critical = critical_items(workspace)
    found = {}
    for head in workspace.heads.modules:
        for item in pack.quiz(head.id) if head.readable else ():
            options = getattr(item, "option", ())
            right = tuple(place for place, option in enumerate(options) if option.correct)
            found[item.id] = Shape(item.revision, len(options), right, item.id in critical)
    return found


def critical_items(workspace: Workspace) -> frozenset[str]:
    """Items about safety: critical themselves, or of a critical objective."""
    pack, found = workspace.pack, set()
    for head in workspace.heads.modules:
        if head.readable:
            objectives = {one.id for one in pack.module(head.id).objective if one.critical}
            found |= {item.id for item in pack.quiz(head.id) if item.critical or item.objective in objectives}
    return frozenset(found)


def statistics_lines(items: Sequence[ItemFigures], modules: Sequence[ModuleFigures], workspace: Workspace) -> list[str]:
    """Modules with their items, each in a few lines."""
    if not items:
        return [NONE_YET]
    titles = {head.id: head.title for head in workspace.heads.modules}
    lines = [ABOUT, "", HARDEST, *_hardest(items, workspace)]
    for module in modules:
        lines += ["", titles.get(module.module, module.module)]
        for one in items:
            if one.module == module.module:
                lines += ["", f"  {_stem(one, workspace)}", *(f"  · {line}" for line in item_lines(one))]
        lines += ["", f"  {_module(module)}"]
    return lines


def _hardest(items: Sequence[ItemFigures], workspace: Workspace) -> list[str]:
    """The questions that the fewest got right, in plain words; none from too few answers to say."""
    enough = sorted((one for one in items if one.share is not None), key=lambda one: one.share or 0)
    if not enough:
        return [f"  Too few answers to say: {SHARE_FROM} to a question are needed."]
    return [
        f"  {one.right} of {one.n} were right, {one.sure_wrong} sure but wrong: {_stem(one, workspace)}"
        for one in enough[:MOST_HARD]
    ]


def _module(one: ModuleFigures) -> str:
    if one.alpha is None or one.alpha_interval is None:
        return f"No alpha: {one.n} answered all {one.items} questions; {SPREAD_FROM} are needed."
    return (
        f"Alpha (KR-20) {one.alpha:.2f} {_between(one.alpha_interval)}, from {one.n} who answered all {one.items}. "
        "Moodle calls 0.75 and more satisfactory, less than 0.64 not."
    )


def _stem(one: ItemFigures, workspace: Workspace) -> str:
    known = workspace.pack.items.get(one.item)
    words = known.stem if known is not None else "(not in this ketalearn)"
    return f"{words} [{one.item}, revision {one.revision}]"


def item_lines(one: ItemFigures) -> Iterator[str]:
    """One item: counts always, the rest where there are enough answers."""
    yield f"{one.right} right, {one.unsure} not sure, {one.sure_wrong} sure but wrong, of {one.n}."
    if one.chosen:
        yield "Chosen: " + ", ".join(f"option {place + 1}: {count}" for place, count in one.chosen) + "."
    if one.share is None or one.share_interval is None:
        yield f"Fewer than {SHARE_FROM} answers, so counts alone."
        return
    yield f"Share right {one.share:.2f} {_between(one.share_interval)}."
    if one.sureness is not None:
        text = (
            f"How sure, 1 to 3: {one.sureness.mean:.2f} on average of {one.sureness.n}; Brier {one.sureness.brier:.2f}"
        )
        if one.sureness.sure_wrong_share is not None and one.sureness.sure_wrong_interval is not None:
            text += (
                f"; of {one.sureness.sure} very sure answers {one.sureness.sure_wrong_share:.2f} wrong "
                f"{_between(one.sureness.sure_wrong_interval)}"
            )
        yield f"{text}."
    for title, gain in (("Before the lesson, then after", one.gain), ("First answer, then the latest", one.retake)):
        if gain is not None:
            yield (
                f"{title}, of {gain.n}: {gain.earlier:.2f} right, then {gain.later:.2f}; change {gain.change:+.2f} "
                f"{_between(gain.interval)}."
            )
    if one.n < SPREAD_FROM:
        yield f"Fewer than {SPREAD_FROM} answers, so nothing on how it goes with the others."
        return
    if one.discrimination is not None and one.discrimination_interval is not None:
        yield (
            f"Goes with the rest of its module: r {one.discrimination:.2f} {_between(one.discrimination_interval)}"
            + (f"; upper less lower 27 in 100: D {one.upper_lower:+.2f}" if one.upper_lower is not None else "")
            + "."
        )
        if one.discrimination_interval[1] < 0:
            yield "Look at it: people who know the rest tend to miss it."
    if one.idle:
        yield "Fewer than 5 in 100 choose: " + ", ".join(f"option {place + 1}" for place in one.idle) + "."
    if one.too_easy:
        yield "Nearly all are right, so it tells little."


def _between(interval: Interval) -> str:
    return f"({interval[0]:.2f} to {interval[1]:.2f})"
