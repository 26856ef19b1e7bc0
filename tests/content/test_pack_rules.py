"""Rules that look at more than one text: each fires on the flaw and lets its mend be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ketalearn.content.check import check_pack
from ketalearn.content.lint.reach import one_answer_of, unreachable
from ketalearn.content.lint.terms import unmarked_first_uses
from ketalearn.content.models import Page, PageFront, Prompt, Term
from tests.support import SMALL, TODAY, small_pack


def page(body: str) -> Page:
    return Page(front=PageFront(id="one", title="One", revision=1), body=body, body_line=1)


TERMS = [
    Term(id="glare", term="Glare", plain="Strong light."),
    Term(id="label", term="label", plain="A paper."),
    Term(id="ect", term="ECT (a long name)", plain="A way."),
]


@pytest.mark.parametrize(
    ("bodies", "found"),
    [
        (["It makes glare."], [(0, "glare")]),
        (["It makes [[glare|glare]]. Then more glare."], []),
        (["It makes glare. The word is [[glare|glare]]."], [(0, "glare")]),
        (["A lamp.", "Two glares."], [(1, "glare")]),
        (["[[glare|Glare]].", "More glare."], []),
        (["It is off-label, and in {{glare}} [@glare]."], []),
        (["They had ECT."], [(0, "ect")]),
        (["The effect and the sect."], []),
    ],
)
def test_a_word_is_marked_where_it_first_stands(bodies: list[str], found: list[tuple[int, str]]) -> None:
    assert [(use.page, use.term) for use in unmarked_first_uses([page(body) for body in bodies], TERMS)] == found


def prompt(**rules: object) -> Prompt:
    first = small_pack().groups[0].prompt[0]
    bare = dict.fromkeys(("must_if", "should_if", "gate_any", "gate_all", "never_if", "red_flag_if"), ())
    return first.model_copy(update=bare | {"base": ""} | rules)


@pytest.mark.parametrize(
    ("rules", "reached"),
    [
        ({"base": "must"}, True),
        ({"must_if": ("quiz:driving",)}, True),
        ({"must_if": ("quiz:history",)}, False),
        ({"must_if": ("quiz:history", "cond:rash")}, True),
        ({"base": "must", "gate_all": ("cond:rash",), "never_if": ("cond:rash",)}, False),
        ({"base": "must", "gate_any": ("cond:rash",), "never_if": ("cond:rash",)}, False),
        ({"base": "must", "gate_any": ("cond:rash", "med:pills"), "never_if": ("cond:rash",)}, True),
        ({"base": "must", "gate_all": ("age:40_64", "age:under_18")}, False),
        ({"base": "must", "gate_all": ("age:40_64", "cond:rash")}, True),
    ],
)
def test_a_prompt_that_nothing_can_raise_is_said(rules: dict[str, object], reached: bool) -> None:
    why = unreachable(prompt(**rules), frozenset({"driving"}), one_answer_of(small_pack().interview))
    assert (why == "") is reached, why


HARD = "Phototherapeutic illumination necessitates considerable institutional collaboration."


@pytest.mark.parametrize(
    ("code", "path", "old", "new"),
    [
        ("W320", "modules/01-first/light.md", "A lamp gives light.", f"{HARD} " * 3),
        ("W326", "questions/quiz/01-first.toml", "Feeling awake is not the same as seeing well.", f"{HARD} " * 3),
        ("W319", "modules/01-first/module.toml", "[[objective]]",
         '[[objective]]\nid = "unseen"\ntext = "Not taught."\n[[objective]]'),
        ("W323", "questions/quiz/01-first.toml", "Lunch does not", "and so " * 26 + "it does not"),
        ("E051", "modules/01-first/light.md", "A lamp gives", "## Lamps\n\nA lamp gives"),
    ],
)  # fmt: skip
def test_a_rule_of_the_pack_fires_on_the_flaw_alone(code: str, path: str, old: str, new: str, tmp_path: Path) -> None:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)

    def count() -> int:
        return sum(one.code == code for one in check_pack(root, TODAY))

    before = count()
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")
    assert count() > before
