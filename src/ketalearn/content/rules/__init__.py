"""What must hold between the files of a pack, one rule a function over a `Checked` pack, by what it looks at.

What a file must hold by itself is in the models. A rule reports findings with a place and a mend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ketalearn.content.rules.evidence import evidence, side_by_side
from ketalearn.content.rules.files import module_tables, toml_1_0, unused_files
from ketalearn.content.rules.ids import one_meaning_for_each_id
from ketalearn.content.rules.interview import interview, medicine_names, plan, readiness, suggestions
from ketalearn.content.rules.items import items
from ketalearn.content.rules.pages import pages
from ketalearn.content.rules.prompts import (
    prompts,
    region_words,
    someone_else,
    topics_raise_something,
    values_raise_something,
)
from ketalearn.content.rules.rating import self_rating
from ketalearn.content.rules.wording import words_we_do_not_use

if TYPE_CHECKING:
    from ketalearn.content.check import Checked

RULES: tuple[Callable[[Checked], None], ...] = (
    toml_1_0,
    unused_files,
    module_tables,
    pages,
    one_meaning_for_each_id,
    items,
    prompts,
    topics_raise_something,
    someone_else,
    values_raise_something,
    region_words,
    evidence,
    side_by_side,
    interview,
    medicine_names,
    suggestions,
    readiness,
    plan,
    self_rating,
    words_we_do_not_use,
)
