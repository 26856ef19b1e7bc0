"""What only shows over a whole bank: length and place of the right option, and objectives that are tested twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ketalearn.content import models

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint

LONGEST_SHARE = 0.45
FEWEST = 20
SLOTS = (3, 4)
# upper 1 % points of chi-squared for 1 to 5 degrees of freedom
CHI_1_PERCENT = {1: 6.63, 2: 9.21, 3: 11.34, 4: 13.28, 5: 15.09}
ONE_SLOT = 5


@dataclass(frozen=True)
class BankNumbers:
    """Figures of a bank. `places` maps the number of options to how often the key stood at each place (from 0)."""

    items: int
    longest: int
    measured: int
    places: dict[int, list[int]]

    @property
    def longest_share(self) -> float:
        """Share of single items with 3 or 4 options whose key is strictly the longest (0 when none)."""
        return self.longest / self.measured if self.measured else 0.0

    def chi_squared(self, slots: int) -> float:
        """How far the places of the key are from even, for items with `slots` options."""
        counts = self.places.get(slots, [])
        even = sum(counts) / slots
        return sum((count - even) ** 2 / even for count in counts) if even else 0.0


def numbers_of(items: Iterable[models.ItemBase]) -> BankNumbers:
    """Measure single items with three or four options."""
    total = longest = measured = 0
    places: dict[int, list[int]] = {slots: [0] * slots for slots in SLOTS}
    for item in items:
        total += 1
        if not isinstance(item, models.SingleItem) or len(item.option) not in SLOTS:
            continue
        measured += 1
        places[len(item.option)][item.correct] += 1
        lengths = [len(option.text) for option in item.option]
        mine = lengths[item.correct]
        longest += all(mine > other for at, other in enumerate(lengths) if at != item.correct)
    return BankNumbers(total, longest, measured, places)


def length_gives_away(numbers: BankNumbers) -> str:
    """L02 over the bank: the key strictly longest in more than 45 % of items (a third or a quarter is chance)."""
    if numbers.measured >= FEWEST and numbers.longest_share > LONGEST_SHARE:
        return f"the right option is the longest in {numbers.longest} of {numbers.measured} items"
    return ""


def uneven_places(numbers: BankNumbers) -> str:
    """L03 over the bank: places of the key far from even (chi-squared, p under 0.01). The app mixes them anyway."""
    for slots, counts in numbers.places.items():
        if sum(counts) >= FEWEST and numbers.chi_squared(slots) > CHI_1_PERCENT[slots - 1]:
            return (
                f"with {slots} options the right one stands {', '.join(map(str, counts))} times at place 1 to {slots}"
            )
    return ""


def one_slot(items: Sequence[models.ItemBase]) -> bool:
    """L03 in a module: five keys or more, all at one place."""
    places = [item.correct for item in items if isinstance(item, models.SingleItem)]
    return len(places) >= ONE_SLOT and len(set(places)) == 1


def pair_missing(items: Sequence[models.ItemBase], objective: str) -> bool:
    """L19: an objective has an item for before the lesson and one for after, so that learning can show."""
    mine = [item for item in items if item.objective == objective]
    used = {use for item in mine for use in item.use}
    return bool(mine) and used != {"before", "after"}


def whole_bank(lint: Lint) -> None:
    """L02 and L03 over all items: the key is not given away by its length or its place (NBME; Downing 2005)."""
    numbers = numbers_of(item for _, _, quiz in lint.checked.quizzes for item in quiz.item)
    pack = lint.checked.modules_dir / "pack.toml"
    if found := length_gives_away(numbers):
        lint.say(pack, (), "E302", "bank", found, "shorten right options, or fill out wrong ones")
    if found := uneven_places(numbers):
        lint.say(pack, (), "W303", "bank", found, "move right options to other places")


def one_place(lint: Lint) -> None:
    """L03 in a module. A warning, since the app mixes options; a printed quiz would not."""
    for path, module, quiz in lint.checked.quizzes:
        if one_slot(quiz.item):
            lint.say(path, (), "W303", module.id, "all right options stand at one place", "move some")


def paired(lint: Lint) -> None:
    """L19: each objective is asked before the lesson and after it, so that learning can show (Richland 2009)."""
    for path, module, quiz in lint.checked.quizzes:
        for objective in module.objective:
            if pair_missing(quiz.item, objective.id):
                lint.say(path, (), "W319", f"{module.id}/{objective.id}",
                         f"objective '{objective.id}' has no item for before and one for after the lesson",
                         'give one item use = ["before"]')  # fmt: skip


def taught(lint: Lint) -> None:
    """L19: each objective is taught by a page (alignment of objectives, teaching and test: Biggs 1996)."""
    for path, module in lint.checked.modules:
        named = {name for _, page in lint.pages_of(module) for name in page.front.objectives}
        for at, objective in enumerate(module.objective):
            if objective.id not in named:
                lint.say(
                    path,
                    ("objective", at),
                    "W319",
                    f"{module.id}/{objective.id}",
                    f"no page teaches the objective '{objective.id}'",
                    "add it to a page's objectives",
                )


PACK_RULES = (whole_bank, one_place, paired, taught)
