"""Each rule of good content fires on a flaw and stays silent on its mend."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ketalearn.content import models
from ketalearn.content.lint import bank, prose
from ketalearn.content.lint.items import ITEM_RULES, Around, Stems
from ketalearn.content.lint.words import folded
from ketalearn.content.readability import MASK, masked

BASE: dict[str, Any] = {
    "id": "one", "revision": 1, "objective": "home", "topic": "driving", "page": "home", "sources": ["a"],
    "stem": "After the spray, when does the US label say that you can drive?",
}  # fmt: skip
ADAPTER: TypeAdapter[models.ItemBase] = TypeAdapter(models.Item)


def item(
    texts: list[str], *, key: int = 0, feedback: str = "It may seem so, but sleep comes first.", **other: Any
) -> models.ItemBase:
    """A single item with these options; `key` is the right one."""
    options = [
        {"text": text, "feedback": feedback, **({"correct": True} if at == key else {})}
        for at, text in enumerate(texts)
    ]
    return ADAPTER.validate_python(BASE | {"type": "single", "option": options} | other)


GOOD = ["The next day, after sleep", "Four hours after the dose", "As soon as you feel awake"]
OTHER = item(GOOD, id="two", stem="Who takes you home after a session at the clinic?")

FIRES: list[tuple[str, models.ItemBase, Around]] = [
    ("E301", item(["The next day", "the next day!", "Four hours later"]), Around()),
    ("E301", item(GOOD), Around(asked=Counter({folded(BASE["stem"]): 2}))),
    ("W302", item(["The next day, after a full night of restful sleep at home", "Four hours", "At once"]), Around()),
    ("E304", item(["The next day", "Four hours later", "None of these"]), Around()),
    ("W305", item(["The next day", "Four hours later", "Never again"]), Around()),
    ("I306", item(["The next day", "Often the same day", "Four hours later"]), Around()),
    ("W307", item(GOOD, stem="Which of these is not a reason to wait before you drive home?"), Around()),
    ("W307", item(GOOD, stem="What should you not do on the day after the spray?"), Around()),
    ("W307", item(GOOD, stem="Which of these is the least good reason to wait?"), Around()),
    ("W308", item(["A nurse", "Two nurses", "A doctor"], stem="The one person who watches you after a dose is"),
     Around()),
    ("W308", item(GOOD, stem="Before you drive home after the spray you need a"), Around()),
    ("W309", item(["After restful sleep", "Four hours", "At once"], stem="How long is restful sleep?"), Around()),
    ("I310", item(["sleep ride clinic", "sleep ride", "clinic ride", "sleep clinic"]), Around()),
    ("W311", item(["2 hours", "4 hours", "Soon"]), Around()),
    ("W311", item(["The next day.", "Four hours later", "At once"]), Around()),
    ("W311", item(["1 to 5 of 100", "5 to 10 of 100", "20 of 100"]), Around()),
    ("W311", item(["2 hours", "2 days", "4 hours"]), Around()),
    ("W312", item(["The next day", "Four hours later"]), Around()),
    ("I313", item(GOOD, stem="Which of the following is true about the day after the spray?"), Around()),
    ("I313", item(GOOD, stem="What is so here?"), Around()),
    ("I313", item(GOOD, stem="After the spray ____ is the time to drive home again."), Around()),
    ("W314", item(GOOD, stem=" ".join(["word"] * 26) + "?"), Around()),
    ("W314", item(GOOD, stem="Does it say so?"), Around(grade=lambda _: 11.0, target=10.0)),
    ("W315", item(GOOD, feedback="Right."), Around()),
    ("W315", item(GOOD, feedback="The next day, after sleep."), Around()),
    ("W316", item(["After 24 hours", "After 2 days", "After 3 days"]), Around(page_text="Wait until the next day.")),
    ("W316", item(GOOD), Around(stale=("se-sedation",))),
    ("I317", item(["The dentist checks bladder signs", "A nurse", "No person"]),
     Around(stems=Stems([item(GOOD, stem="When the dentist checks for bladder signs, what is next?")]))),
    ("E318", item(GOOD, stem="How much ketamine should you take before a session at the clinic?"), Around()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "flawed", "around"), FIRES, ids=[f"{code}-{at}" for at, (code, _, _) in enumerate(FIRES)]
)
def test_a_flaw_is_found(code: str, flawed: models.ItemBase, around: Around) -> None:
    found = {rule_code for rule_code, _, rule in ITEM_RULES if list(rule(flawed, around))}
    assert code in found


def test_a_good_item_has_no_finding() -> None:
    around = Around(page_text="Wait until the next day, after sleep.", stems=Stems([OTHER]), grade=lambda _: 5.0)
    assert [(code, flaw) for code, _, rule in ITEM_RULES for flaw in rule(item(GOOD), around)] == []


def test_every_item_rule_is_shown_to_fire() -> None:
    assert {code for code, _, _ in ITEM_RULES} == {code for code, _, _ in FIRES}


MENDED: list[tuple[str, models.ItemBase, Around]] = [
    ("E301", item(GOOD), Around(asked=Counter({folded(BASE["stem"]): 1}))),
    ("W302", item(["The next day, after sleep", "Four hours after a dose", "As soon as you feel up"]), Around()),
    ("E304", item(["The next day", "All of the dose", "None"]), Around()),
    ("W305", item(["Only the next day", "Never again", "Four hours later"]), Around()),
    ("W307", item(GOOD, stem="For how long should you wait at the least?"), Around()),
    ("W307", item(GOOD, stem="You did not sleep. What is so?"), Around()),
    ("W308", item(["A nurse", "One doctor", "Someone at home"], stem="The person who watches you after a dose is"),
     Around()),
    ("W309", item(["After restful sleep", "Before restful sleep", "At once"], stem="How long is restful sleep?"),
     Around()),
    ("W311", item(["1 to 4 of 100", "5 to 10 of 100", "20 to 30 of 100"]), Around()),
    ("W311", item(["2 hours", "3 hours", "1 hour"]), Around()),
    ("I313", item(GOOD, stem="What is so about the day after the spray?"), Around()),
    ("W314", item(GOOD, stem="Does it say so?"), Around(grade=lambda _: 9.0, target=10.0)),
    ("W316", item(["After 24 hours", "After 2 days", "After 3 days"]), Around(page_text="Wait for 24 hours.")),
    ("I317", item(["The dentist checks bladder signs", "A nurse", "No person"]),
     Around(stems=Stems([item(GOOD, stem="When the dentist looks for bladder signs, what is next?")]))),
    ("E318", item(GOOD, stem="For how many hours should you keep away from the wheel?"), Around()),
    ("E318", item(GOOD, stem="How long should you wait before you drive home?"), Around()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "mended", "around"), MENDED, ids=[f"{code}-{at}" for at, (code, _, _) in enumerate(MENDED)]
)
def test_what_comes_near_a_flaw_is_let_be(code: str, mended: models.ItemBase, around: Around) -> None:
    assert [
        list(rule(mended, around)) for known, _, rule in ITEM_RULES if known == code and list(rule(mended, around))
    ] == []


def test_a_marked_not_may_stand() -> None:
    marked = item(GOOD, stem="Which of these is **not** a reason to wait before you drive home?")
    assert not any(list(rule(marked, Around())) for code, _, rule in ITEM_RULES if code == "W307")


PROSE: list[tuple[str, str, str]] = [
    ("long_sentence", " ".join(["word"] * 26) + ".", " ".join(["word"] * 25) + "."),
    ("one_in", "It helps 1 in 5 people.", "It helps 20 of 100 people."),
    ("one_in", "It helps one out of ten.", "One in the group spoke."),
    ("bare_percent", "About 41% felt cut off.", "About 41 of 100 felt cut off."),
    ("bare_percent", "About 41 percent felt cut off.", "It went up a few points."),
    ("relative_alone", "It is twice as likely.", "It is twice as likely: 4 of 100 against 2 of 100."),
    ("mixed_denominators", "5 of 100 and 3 of 1,000.", "5 of 100 and 3 of 100."),
    ("tone", "Patients should rest.", "You can rest."),
    ("tone", "It is a miracle drug.", "It helped some people."),
    ("long_list", "\n".join(f"- entry {at}" for at in range(8)), "\n".join(f"- entry {at}" for at in range(7))),
]


@pytest.mark.parametrize(("name", "flawed", "mended"), PROSE)
def test_a_rule_of_prose_fires_on_the_flaw_alone(name: str, flawed: str, mended: str) -> None:
    rule = getattr(prose, name)
    assert rule(flawed)
    assert rule(mended) == ""


@pytest.mark.parametrize(("name", "flawed"), [(name, flawed) for name, flawed, _ in PROSE if name != "long_list"])
def test_the_quick_look_lets_each_flaw_through(name: str, flawed: str) -> None:
    (rule,) = (one for one in prose.PROSE_RULES if one.rule.__name__ == name)
    assert rule.may_fire(flawed.lower())


def test_the_quick_look_knows_every_word_of_the_patterns() -> None:
    # each alternative of the patterns, written out: what the pattern finds, the quick look lets through
    told = [
        "patient should", "patients must", "it is recommended", "we recommend", "you should take", "you must have",
        "miracle", "game-changer", "gamechanger", "breakthrough treatment", "has no side effects", "risk-free",
        "failed treatment", "failed to respond", "commit suicide", "addict", "addicts", "incorrect!", "oops",
        "great job", "twice as likely", "3 times more likely", "three times the risk", "four times as common",
        "double the risk", "triple the risk", "doubles your risk", "triples the chance", "halves the odds", "5%",
        "5 per cent", "5 percent", "1 in 5", "one out of every ten", "1 in every six",
    ]  # fmt: skip
    for text in told:
        firing = [one for one in prose.PROSE_RULES if one.rule(text)]
        assert firing, text
        assert all(one.may_fire(text.lower()) for one in firing), text
    for word in prose.PLAINER:
        assert prose.jargon(word)[0] and prose.may_hold_jargon(word)


WORDS = st.sampled_from(
    ["ketamine", "Esketamine", "esketamine", "spray", "nose", "5-HT", "-", " ", ", ", "ect", "S", "x"]
)


@given(st.lists(WORDS, max_size=12).map("".join))
def test_names_are_masked_as_whole_words_the_longest_first(text: str) -> None:
    names = ("ketamine", "esketamine nose spray", "esketamine", "5-HT", "ECT", "")
    ordered = sorted((name for name in names if name), key=len, reverse=True)
    pattern = r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b"
    assert masked(text, names) == re.sub(pattern, MASK, text, flags=re.IGNORECASE)


def test_jargon_is_named_with_a_plainer_word_unless_the_glossary_defines_it() -> None:
    assert prose.jargon("The efficacy was shown.") == ("efficacy", "how well it works")
    assert prose.jargon("The efficacy was shown.", frozenset({"efficacy"})) == ("", "")


def many(key_at: int, count: int, *, long_key: bool = False) -> list[models.ItemBase]:
    texts = ["Aaaa", "Bbbb", "Cccc"]
    if long_key:
        texts[key_at] = "The right one is longest"
    return [item(texts, key=key_at, id=f"item-{key_at}-{at}") for at in range(count)]


def test_a_bank_whose_keys_are_longest_is_said() -> None:
    assert (
        bank.length_gives_away(bank.numbers_of(many(0, 20, long_key=True)))
        == "the right option is the longest in 20 of 20 items"
    )
    assert bank.length_gives_away(bank.numbers_of(many(0, 20))) == ""


def test_a_bank_whose_keys_stand_at_one_place_is_said() -> None:
    assert "20, 0, 0 times" in bank.uneven_places(bank.numbers_of(many(0, 20)))
    even = [*many(0, 7), *many(1, 7), *many(2, 7)]
    assert bank.uneven_places(bank.numbers_of(even)) == ""
    assert bank.numbers_of(even).chi_squared(3) == 0


def test_a_module_with_all_keys_at_one_place_is_said() -> None:
    assert bank.one_slot(many(1, 5))
    assert not bank.one_slot([*many(1, 4), *many(2, 1)])


def test_an_objective_wants_an_item_before_and_one_after_the_lesson() -> None:
    before = item(GOOD, use=["before"])
    assert bank.pair_missing([item(GOOD)], "home")
    assert not bank.pair_missing([item(GOOD), before], "home")
    assert not bank.pair_missing([item(GOOD)], "something-else")
