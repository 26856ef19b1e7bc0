"""Each type of item: what it must hold, and where the finding stands when it does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import tomli

from ketalearn.content.check import check_pack
from ketalearn.content.models import ITEM_TYPES, Quiz
from tests.support import SMALL

QUIZ = "questions/quiz/01-first.toml"
HEAD = """[[item]]
id = "new"
revision = 1
type = "{type}"
objective = "know-lamps"
topic = "driving"
page = "light"
sources = ["lamp-label"]
stem = "Choose all that are so."
"""
BODIES = {
    "single": """[[item.option]]
text = "One"
feedback = "No."
[[item.option]]
text = "Two"
feedback = "So."
correct = true
""",
    "multiple": """[[item.option]]
text = "One"
feedback = "No."
[[item.option]]
text = "Two"
feedback = "So."
correct = true
[[item.option]]
text = "Three"
feedback = "So too."
correct = true
""",
    "truefalse": """[[item.option]]
text = "True"
feedback = "So."
correct = true
[[item.option]]
text = "False"
feedback = "No."
""",
    "match": """[[item.pair]]
left = "A"
right = "1"
feedback = "So."
[[item.pair]]
left = "B"
right = "2"
feedback = "So."
[[item.pair]]
left = "C"
right = "3"
feedback = "So."
""",
    "order": """[[item.step]]
text = "A"
feedback = "So."
[[item.step]]
text = "B"
feedback = "So."
[[item.step]]
text = "C"
feedback = "So."
""",
    "number": """answer = 41
tolerance = 5
of = 100
feedback_right = "So."
feedback_low = "More."
feedback_high = "Fewer."
""",
    "teachback": """example = "In plain words."
[[item.point]]
text = "A"
feedback = "So."
[[item.point]]
text = "B"
feedback = "So."
[[item.point]]
text = "C"
feedback = "So."
""",
}

FAULTS = {
    "an unknown type": ("single", 'type = "single"', 'type = "singel"', 4, "did you mean 'single'?"),
    "a key of another type": ("number", "answer = 41", "answr = 41", 10, "did you mean 'answer'?"),
    "options in an order": ("order", "[[item.step]]\ntext = \"A\"", "[[item.steps]]\ntext = \"A\"", 1, "'step'"),
    "a missing text": ("number", 'feedback_low = "More."\n', "", 1, "add feedback_low"),
    "no word in a pair": ("match", 'right = "2"', 'right = ""', 16, "write some words"),
    "the same right side": ("match", 'right = "2"', 'right = "1 "', 1, "reword"),
    "the same step": ("order", 'text = "B"', 'text = "a"', 1, "reword"),
    "all right": ("multiple", 'feedback = "No."', 'feedback = "No."\ncorrect = true', 1, "add one that is wrong"),
    "none right": ("multiple", "correct = true\n", "", 1, "mark one or more"),
    "no word of how many": ("multiple", "Choose all that are so.", "What is so?", 1, "Choose all that"),
    "neither true nor false": ("truefalse", 'text = "False"', 'text = "No"', 1, "True and False"),
    "two that are right": ("truefalse", 'feedback = "No."', 'feedback = "No."\ncorrect = true', 1, "exactly one"),
    "more than all": ("number", "answer = 41", "answer = 141", 1, "at most 'of'"),
    "all numbers right": ("number", "tolerance = 5", "tolerance = 60", 1, "smaller"),
    "too few points": ("teachback", '[[item.point]]\ntext = "A"\nfeedback = "So."\n', "", 1, "at least 3"),
    "an unknown use": ("single", "revision = 1", 'revision = 1\nuse = ["befor"]', 4, "use one of"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_each_type_reads_and_says_all_its_words(kind: str) -> None:
    quiz = Quiz.model_validate(tomli.loads('module = "x"\n' + HEAD.format(type=kind) + BODIES[kind]))
    item = quiz.item[0]
    assert item.type == kind
    assert item.use == ("after",)
    said = [text for _, text in item.words()]
    for line in BODIES[kind].splitlines():
        key, _, value = line.partition(" = ")
        if value.startswith('"'):
            assert value.strip('"') in said, key


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stands_at_its_line_with_its_mend(fault: str, tmp_path: Path) -> None:
    kind, old, new, line, mend = FAULTS[fault]
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    file = root / QUIZ
    before = file.read_text("utf-8")
    text = HEAD.format(type=kind) + BODIES[kind]
    assert old in text
    wrong = text.replace(old, new) if fault == "none right" else text.replace(old, new, 1)
    file.write_text(before + wrong, "utf-8")
    found = [one for one in check_pack(root) if one.path == QUIZ and one.level == "error"]
    first = before.count("\n")
    assert any(one.line == first + line and mend in f"{one.message}; {one.fix}" for one in found), [*map(str, found)]
