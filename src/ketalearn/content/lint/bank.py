"""What only shows over a whole bank: length and place of the right option, and objectives that are tested twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ketalearn.content import models

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
