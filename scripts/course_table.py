"""The course in figures: a table per module, history's share of the words, and what the keys of the quiz give away.

Run: python scripts/course_table.py. Needs the extra `author` (pyphen) for the reading grades. Words are those a reader
sees on the pages; grades are FKGL and SMOG as in `readability.py`, once as printed and once (FKGL) with the glossary's
names masked. An objective counts as covered with two items or more, one of them for before the lesson and one for
after it.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from statistics import median

from ketalearn.content import models
from ketalearn.content.lint import bank
from ketalearn.content.lint.words import word_count
from ketalearn.content.pack import Pack
from ketalearn.content.readability import flesch_kincaid, masked, smog
from ketalearn.learning.lesson import plain_words

ROOT = Path(__file__).resolve().parent.parent
TYPES = ("single", "truefalse", "multiple", "match", "order", "number", "teachback")
HISTORY = "02-history"


def covered(module: models.Module, items: tuple[models.ItemBase, ...]) -> int:
    """How many objectives have two items or more, one for before the lesson and one for after."""
    return sum(
        sum(item.objective == one.id for item in items) >= 2 and not bank.pair_missing(items, one.id)
        for one in module.objective
    )


def p_value(chi_squared: float) -> float:
    """Upper tail of chi-squared with two degrees of freedom (three places): exp(-x / 2), exactly."""
    return math.exp(-chi_squared / 2)


def main() -> None:
    """Print the table and the totals as Markdown."""
    pack = Pack(ROOT)
    names = tuple(term.term for term in pack.glossary.values())
    print(f"| module | pages | words | FKGL | masked | SMOG | items | {' | '.join(TYPES)} | objectives |")
    print("|---|" + "---|" * (7 + len(TYPES)))
    words: dict[str, int] = {}
    grades: list[float] = []
    everything: list[models.ItemBase] = []
    kinds: Counter[str] = Counter()
    for name in pack.info.modules:
        module, items = pack.module(name), pack.quiz(name)
        texts = [plain_words(pack.page(name, page).body, pack.facts) for page in module.pages]
        whole = "\n".join(texts)
        words[name] = word_count(whole)
        grades += [flesch_kincaid(text) for text in texts]
        counts: Counter[str] = Counter(item.type for item in items)
        kinds += counts
        everything += items
        reading = (flesch_kincaid(whole), flesch_kincaid(masked(whole, names)), smog(whole))
        cells = [name, len(texts), words[name], *(f"{grade:.1f}" for grade in reading), len(items)]
        cells += [*(counts[kind] for kind in TYPES), f"{covered(module, items)} of {len(module.objective)}"]
        print("| " + " | ".join(map(str, cells)) + " |")
    print("| total |", len(grades), "|", sum(words.values()), "| | | |", len(everything), "|", end=" ")
    print(" | ".join(str(kinds[kind]) for kind in TYPES), "| |\n")
    numbers = bank.numbers_of(everything)
    places = numbers.places[3]
    print(f"Median page: FKGL {median(grades):.1f}; highest {max(grades):.1f}.")
    print(f"History: {100 * words[HISTORY] / sum(words.values()):.1f} of 100 words.")
    print(f"Key strictly longest: {numbers.longest} of {numbers.measured} ({100 * numbers.longest_share:.1f} of 100).")
    print(f"Key at place 1, 2, 3 of three: {places}; chi-squared {numbers.chi_squared(3):.2f}, ", end="")
    print(f"p {p_value(numbers.chi_squared(3)):.3f}. Of four: {numbers.places[4]}.")


if __name__ == "__main__":
    main()
