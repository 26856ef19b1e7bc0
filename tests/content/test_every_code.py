"""Each code of `ketalearn check` has a pair: one slip in a whole pack gives it, at its line, and the pack without
that slip gives nothing.

The pack is `tests/packs/whole`. Flaws of items and pages that `test_flawed.py` has pairs for are not done again here.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ketalearn.content.check import check_pack
from ketalearn.content.marks import WRITE
from ketalearn.content.models import CRITERIA
from ketalearn.content.pack import Pack
from ketalearn.decision.profile import Vocabulary, read_profile
from ketalearn.errors import ContentError
from ketalearn.findings import Finding
from tests.content.test_flawed import due
from tests.support import ROOT, SMALL, TODAY

WHOLE = SMALL.parent / "whole"
CODE = re.compile(r"[\"']([EWI]\d{3})[\"']")

PACK = "modules/pack.toml"
SOURCES = "modules/sources.toml"
FACTS = "modules/facts.toml"
TERMS = "modules/glossary.toml"
HELP = "modules/help.toml"
OPTIONS = "modules/options.toml"
PLAN = "modules/plan.toml"
ALLOWED = "modules/lint.toml"
RATING = "modules/ipdas.toml"
MODULE = "modules/01-lamps/module.toml"
LIGHT = "modules/01-lamps/light.md"
GLARE = "modules/01-lamps/glare.md"
DARK = "modules/01-lamps/dark.md"
VALUES = "questions/values.toml"
INTERVIEW = "questions/interview.toml"
PROMPTS = "questions/prompts/01-all.toml"
QUIZ = "questions/quiz/01-lamps.toml"
READINESS = "questions/readiness.toml"
REGION_WORDS = "questions/region_words.toml"
SUGGEST = "questions/suggest.toml"

Change = Callable[[Path], None]


def swap(path: str, old: str, new: str) -> Change:
    """The first `old` of a file becomes `new`."""

    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def put(path: str, text: str | bytes) -> Change:
    """A file with this text."""

    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return change


def gone(path: str) -> Change:
    return lambda root: (root / path).unlink()


def linked_out(root: Path) -> None:
    outside = root.parent / "outside.toml"
    (root / PLAN).rename(outside)
    (root / PLAN).symlink_to(outside)


def same(_root: Path) -> None:
    """The whole pack as it stands."""


CRITERION = """[[criterion]]
id = "{}"
level = "quality"
dimension = "information"
text = "It says what the lamp is for."
status = "partly"
why = "The first page says it."
evidence = ["page: 01-lamps/light"]
date = 2026-11-24
rater = "the testers"
"""
RATED = 'standard = "IPDASi v4.0"\nwords = "We rated it ourselves."\nnot_done = ["No clinician has reviewed it."]\n'
RATED += "".join(CRITERION.format(name).replace("partly", "needs-people") for name in CRITERIA)
rated = put(RATING, RATED)


PLAIN = "It is on the list of that day."
WORDY = "The banana, the umbrella and the tomato were on the list of that day."


def more(count: int, *, longer: bool = False, place: int = -1, feedback: str = PLAIN) -> Change:
    """Items behind those of the quiz; the key of each may be the longest, and stand at one `place` (-1: mixed)."""
    told = [(WHOLE / QUIZ).read_text("utf-8")]
    for at in range(count):
        key = place if place >= 0 else at % 3
        name = chr(ord("a") + at // 5) + chr(ord("k") + at % 5)
        told.append(
            f'[[item]]\nid = "more-{at}"\nrevision = 1\nobjective = "know-lamps"\ntopic = "driving"\npage = "light"\n'
            f'use = ["before"]\nstem = "Which of them did they take home on day {at + 1}?"\nsources = ["lamp-2020"]\n'
        )
        for one, text in enumerate((f"Lamp box {name}", f"Bulb box {name}", f"Wire box {name}")):
            right = one == key
            told.append(
                f'[[item.option]]\ntext = "{text}{"es" if longer and right else ""}"\nfeedback = "{feedback}"\n'
                f"correct = {str(right).lower()}\n"
            )
    return put(QUIZ, "".join(told))


def prompt(name: str) -> str:
    return f'[[prompt]]\nid = "{name}"'


HARD = "Phototherapeutic illumination necessitates considerable institutional collaboration."


PROOF = '"value:low_cost"]\nsources = ["lamp-2020"]\nreview_by = 2027-11-30\n'
covered = swap(PROMPTS, PROOF, f'{PROOF}[[prompt.covered]]\nby = "driving"\nwhen = ["value:speed"]\n')


@dataclass(frozen=True)
class Case:
    """`slip` gives `code` at the line of `path` that holds `at` ("" for the first), and `also`, and nothing else.

    `base` adds what the slip needs; with it alone, nothing is found.
    """

    code: str
    slip: Change
    path: str
    at: str = ""
    base: Change = same
    also: tuple[str, ...] = ()
    today: dt.date = TODAY


CASES = (
    Case("E001", gone(VALUES), VALUES, also=("E065",) * 4),
    Case("E001", swap(MODULE, '"glare"]', '"glare", "dark"]'), DARK),
    Case("E001", gone(PROMPTS), "questions/prompts", also=("E063", *("W205",) * 6, *("W202",) * 2)),
    Case("E002", put(PLAN, b"review_by = 2027-05-31\ntitle = \"\xff\""), PLAN, "title"),
    Case("E003", linked_out, PLAN),
    Case("E010", swap(PLAN, 'title = "My plan"', 'title = "My plan'), PLAN, 'title = "My plan'),
    Case("E010", swap(FACTS, "comparator = {count = 9, of", "comparator = {count = 9,\n of"), FACTS, "comparator"),
    Case("E011", swap(PLAN, 'title = "My plan"', 'titel = "x"\ntitle = "My plan"'), PLAN, "titel"),
    Case("E011", swap(VALUES, "[[value]]", "names = 1\n[[value]]"), VALUES, "names"),
    Case("E012", swap(MODULE, 'title = "Lamps"\n', ""), MODULE),
    Case("E012", swap(TERMS, "[[term]]", "[term]"), TERMS, "[term]"),
    Case("E012", put(FACTS, "facts = 3\n"), FACTS),
    Case("E013", swap(SOURCES, '"rct"', '"trial"'), SOURCES, '"trial"'),
    Case("E013", swap(QUIZ, '"single"', '"singel"'), QUIZ, '"singel"'),
    Case("E014", swap(SUGGEST, '"cond:sore_eyes"', '"sore eyes"'), SUGGEST, "sore eyes"),
    Case("E015", swap(PLAN, '"Fill this in on a calm day."', '""'), PLAN, 'words = ""'),
    Case("E015", swap(ALLOWED, "The page says the count of each eye, which no fact holds.", "No fact."), ALLOWED,
         "No fact.", also=("I335",)),
    Case("E016", swap(QUIZ, "correct = true\n", ""), QUIZ, "[[item]]"),
    Case("E017", swap(PLAN, "diary_days = 14", "diary_days = 60"), PLAN, "diary_days"),
    Case("E017", swap(PLAN, "diary_days = 14", 'diary_days = "many"'), PLAN, "diary_days"),
    Case("E020", put(LIGHT, "Just words.\n"), LIGHT),
    Case("E020", put(LIGHT, '+++\nid = "light"\nJust words.\n'), LIGHT),
    Case("E040", swap(QUIZ, 'sources = ["lamp-2020"]', 'sources = ["lamp-2021"]'), QUIZ, "lamp-2021"),
    Case("E040", swap(PLAN, "lamp-2020", "lamp-2021"), PLAN, "lamp-2021"),
    Case("E040", swap(PLAN, 'diary_sources = ["lamp-2020"]', 'diary_sources = ["lamp-2021"]'), PLAN, "diary_sources"),
    Case("E040", swap(PLAN, 'lines = 2\nsources = ["lamp-2020"]', 'lines = 2\nsources = ["lamp-2021"]'), PLAN,
         'sources = ["lamp-2021"]'),
    Case("E041", put(DARK, "Just words.\n"), DARK),
    Case("E041", put("modules/02-dark/module.toml", ""), "modules/02-dark/module.toml"),
    Case("E042", swap(MODULE, '"01-lamps"', '"01-lamp"'), MODULE, '"01-lamp"', also=("E042", "I335", "W390")),
    Case("E042", swap(LIGHT, 'id = "light"', 'id = "lihgt"'), LIGHT, "lihgt"),
    Case("E042", swap(QUIZ, '"01-lamps"', '"01-lamp"'), QUIZ, '"01-lamp"'),
    Case("E043", swap(MODULE, '"Lamps"', f'"Lamps{" and lamps" * 100}"'), MODULE),
    Case("E044", swap(MODULE, '"glare"]', '"glare", "light"]'), MODULE, "pages"),
    Case("E044", swap(TERMS, "[[term]]", '[[term]]\nid = "glare"\nterm = "Lux"\nplain = "A count."\n\n[[term]]'), TERMS,
         'id = "glare"\nterm = "Glare"'),
    Case("E044", swap(SUGGEST, "[[suggest]]", '[[suggest]]\nfact = "cond:sore_eyes"\nphrases = ["sore"]\n[[suggest]]'),
         SUGGEST, 'fact = "cond:sore_eyes"\nphrases = ["my'),
    Case("E045", swap(LIGHT, '["know-lamps"]', '["know-lamp"]'), LIGHT, '"know-lamp"'),
    Case("E045", swap(QUIZ, '"know-lamps"', '"know-lamp"'), QUIZ, '"know-lamp"', also=("W201", "W319")),
    Case("E046", swap(GLARE, 'facts = ["glare"]', 'facts = ["glare", "glair"]'), GLARE, "glair"),
    Case("E046", swap(OPTIONS, '"awake"', '"awaek"'), OPTIONS, "awaek"),
    Case("E047", swap(GLARE, 'array = "glare"', 'array = "awake"'), GLARE, "array"),
    Case("E047", swap(OPTIONS, 'fact = "glare"', 'fact = "awake"'), OPTIONS, 'fact = "awake"'),
    Case("E047", swap(OPTIONS, 'fact = "glare"', 'fact = "alone"\nfirst = "comparator"'), OPTIONS, 'fact = "alone"',
         base=swap(FACTS, "[facts.awake]", '[facts.alone]\nsubject = "one"\nstatement = "It was 4 of 100."\ncount = 4\n'
                   'of = 100\narm = "all"\ncomparator = "none"\nwhy_none = "One group."\npopulation = "adults"\n'
                   'timeframe = "a day"\ncertainty = "low"\napplies_to = ["general"]\nsources = ["lamp-2020"]\n'
                   'verified = "yes"\nreview_by = 2027-05-31\n[facts.awake]')),
    Case("E048", swap(LIGHT, "[[glare|", "[[glaer|"), LIGHT, "[[glaer|"),
    Case("E052", swap(MODULE, '"lamp-glare"]', '"lamp-glare", "lamp-cost"]'), QUIZ),
    Case("E052", swap(MODULE, ', "lamp-glare"]', "]"), QUIZ, 'id = "lamp-glare"'),
    Case("E053", swap(QUIZ, 'page = "light"', 'page = "lihgt"'), QUIZ, "lihgt"),
    Case("E054", swap(QUIZ, 'topic = "driving"', 'topic = "drving"'), QUIZ, "drving"),
    Case("E054", swap(QUIZ, 'topic = "driving"', 'topic = "driving"\nasks = "drving"'), QUIZ, "asks"),
    Case("E055", swap(PROMPTS, '"cond:sore_eyes", "cond', '"cond:sore_eye", "cond'), PROMPTS, "sore_eye\"",
         also=("W205",)),
    Case("E055", swap(PROMPTS, 'when = ["cond:blind_spot"]', 'when = ["cond:blind"]'), PROMPTS, "cond:blind\""),
    Case("E055", swap(REGION_WORDS, '"UK"', '"GB"'), REGION_WORDS, '"GB"'),
    Case("E055", swap(SUGGEST, '"cond:sore_eyes"', '"cond:sore"'), SUGGEST, '"cond:sore"'),
    Case("E056", swap(PROMPTS, 'base = "nice"', 'base = "nice"\nnever_if = ["cond:blind_spot"]'), PROMPTS, "never_if"),
    Case("E057", swap(PROMPTS, 'base = "nice"\nshould_if = ["quiz:evidence", "value:speed", "value:low_cost"]',
                      'base = ""'), PROMPTS, prompt("proof"), also=("W202", "W205", "W205")),
    Case("E057", swap(PROMPTS, 'base = "nice"', 'base = "nice"\ngate_all = ["region:US", "region:UK"]'), PROMPTS,
         prompt("proof"), also=("E064", "E064")),
    Case("E058", swap(FACTS, "count = 41", "count = 14"), FACTS, "With the blue lamp"),
    Case("E059", swap(INTERVIEW, '"goal"]', '"gaol"]'), INTERVIEW, "gaol"),
    Case("E059", swap(INTERVIEW, 'exclusive = ["none"]', 'exclusive = ["noone"]'), INTERVIEW,
         '[[field]]\nid = "conditions"', also=("E059",)),
    Case("E060", swap(PROMPTS, '"One study looked."', '"It is safe for you."'), PROMPTS, prompt("proof"),
         also=("W206",)),
    Case("E060", swap(RATING, "We rated it ourselves.", "It is IPDAS certified."), RATING, "words", base=rated),
    Case("E060", swap(PLAN, "Fill this in on a calm day.", "Stop taking your medicine."), PLAN, "words"),
    Case("E060", swap(PLAN, "What helps me", "It is safe for you"), PLAN, 'text = "It is safe'),
    Case("E061", swap(INTERVIEW, '["sleepol"]', '["sleepol", "Wetol"]'), INTERVIEW, '[[field]]\nid = "medicines"'),
    Case("E062", swap(SUGGEST, '"my eyes hurt"', '"*"'), SUGGEST, '"*"'),
    Case("E063", swap(PROMPTS, "When can they drive", "When can I and they drive"), PROMPTS, prompt("driving")),
    Case("E063", swap(READINESS, '"options_including_none"', '"options_with_none"'), READINESS, "with_none"),
    Case("E064", swap(INTERVIEW, 'label = "Sore eyes"', 'label = "Sore eyes"\nraises_nothing = "No."'), INTERVIEW,
         '[[field.value]]\nid = "sore_eyes"'),
    Case("E065", swap(OPTIONS, 'value = "low_cost"', 'value = "lowcost"'), OPTIONS, '"lowcost"', also=("E065",)),
    Case("E066", swap(OPTIONS, "in the spring. [@lamp-label]", "in the spring."), OPTIONS, "in the spring"),
    Case("E066", swap(OPTIONS, "for an hour. [@lamp-2020]", "for an hour. [@lamp-label]"), OPTIONS, 'fact = "glare"'),
    Case("E067", swap(OPTIONS, "in the spring.", f"in the spring.{' That is so.' * 11}"), OPTIONS, "in the spring",
         also=("W340",)),
    Case("E068", swap(RATING, 'id = "K28"', 'id = "K29"'), RATING, 'id = "K29"', base=rated, also=("E068",)),
    Case("E069", swap(RATING, "page: 01-lamps/light", "page: 01-lamps/lihgt"), RATING, "lihgt", base=rated),
    Case("E069", swap(RATING, "page: 01-lamps/light", "file: modules/lamps.toml"), RATING, "lamps.toml", base=rated),
    Case("E069", swap(RATING, "page: 01-lamps/light", "screen: lamps"), RATING, "screen: lamps", base=rated),
    Case("E070", swap(LIGHT, 'title = "What does a lamp do?"', 'title = "TODO"'), LIGHT, "title"),
    Case("E070", swap(MODULE, "Say what a lamp does.", f"{WRITE} what"), MODULE, WRITE),
    Case("E071", swap(PROMPTS, 'by = "driving"', 'by = "drving"'), PROMPTS, 'by = "drving"', base=covered),
    Case("E071", swap(PROMPTS, 'base = "nice"', 'base = "must"'), PROMPTS, "[[prompt.covered]]", base=covered),
    Case("E302", more(20, longer=True), PACK, base=more(20)),
    Case("E321", swap(LIGHT, "A lamp gives light.", HARD * 3), MODULE, also=("W320", "W320")),
    Case("W201", swap(MODULE, "[[objective]]", '[[objective]]\nid = "unseen"\ntext = "See it."\n[[objective]]'), QUIZ,
         also=("W319",)),
    Case("W202", swap(PROMPTS, 'must_if = ["quiz:driving"]\n', ""), INTERVIEW, '[[field.value]]\nid = "driving"'),
    Case("W203", swap(OPTIONS, "Some people in one study felt more awake by noon than those with a dim lamp did.",
                      "Some felt awake."), OPTIONS, "[[option]]", also=("W340",)),
    Case("W204", swap(PROMPTS, 'they = "When can they drive again?"\n', ""), PROMPTS, prompt("driving")),
    Case("W205", swap(INTERVIEW, 'raises_nothing = "It changes the words alone."\n', ""), INTERVIEW,
         '[[field.value]]\nid = "supporting_someone"'),
    Case("W206", swap(PROMPTS, '"One study looked."', '"You may want to know."'), PROMPTS, prompt("proof")),
    Case("W303", more(20, place=1), PACK, base=more(20)),
    Case("W319", swap(QUIZ, 'use = ["before"]\n', ""), QUIZ),
    Case("W322", swap(PROMPTS, '"One study looked."', f'"{HARD}"'), PROMPTS, prompt("proof")),
    Case("W322", swap(PLAN, "Write one row a day.", HARD), PLAN),
    Case("W325", more(20, feedback=WORDY), QUIZ, base=more(20)),
    Case("W326", swap(QUIZ, "Lunch does not change what the eyes can do.", HARD * 3), QUIZ, "[[item]]"),
    Case("W333", swap(QUIZ, "It was fewer than half of them.", "It was 5 of 100 there, and 5 of 1,000 here."), QUIZ,
         "5 of 1,000"),
    Case("W340", swap(OPTIONS, "It may take longer to feel more awake, and the winter may be over by then.",
                      "It is slow."), OPTIONS, '[[option]]\nid = "wait"', also=("W203",)),
    Case("W341", swap(OPTIONS, "One small study looked", f"{'No one did. ' * 20}One small study looked"), OPTIONS,
         "[[option]]", also=("W203",)),
    Case("W343", swap(LIGHT, "[[glare|glare]]", "glare"), LIGHT, "glare."),
    Case("W360", same, FACTS, "[facts.awake]", also=(*("W360",) * 7, "W316"), today=dt.date(2050, 1, 1)),
    Case("W390", swap(GLARE, "In the left eye 20 of 100 did.", "In the left eye few did."), ALLOWED),
)  # fmt: skip

NEEDS_A_TEST_OF_ITS_OWN = {"E030", "I320"}
LINE = re.compile(r"[^:\n]+:\d+:\d+: [EWI]\d{3} [^\n]+; [^\n]+")
NO_WORDS_FOR_AN_AUTHOR = re.compile(r"input should|valid (?:tuple|string|integer|dict)|instance of|literal|\bNone\b")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(WHOLE, root)
    return root


def test_the_whole_pack_gives_nothing() -> None:
    assert [str(one) for one in check_pack(WHOLE, TODAY)] == []


def clear(finding: Finding) -> bool:
    """Whether a finding is one line with its place, what is wrong and how to mend it, in an author's words."""
    told = str(finding)
    return bool(LINE.fullmatch(told)) and not NO_WORDS_FOR_AN_AUTHOR.search(told)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code}-{at}" for at, case in enumerate(CASES)])
def test_a_slip_gives_its_code_at_its_line_and_the_pack_without_it_gives_nothing(case: Case, pack: Path) -> None:
    case.base(pack)
    assert [str(one) for one in check_pack(pack, TODAY)] == []
    case.slip(pack)
    found = check_pack(pack, case.today)
    line = 1
    if case.at:
        text = (pack / case.path).read_bytes().decode("utf-8", "replace")
        assert case.at in text
        line = text[: text.index(case.at)].count("\n") + 1
    told = "\n".join(map(str, found))
    assert (case.path, line, case.code) in {(one.path, one.line, one.code) for one in found}, told
    assert sorted(one.code for one in found) == sorted((case.code, *case.also)), told
    assert [str(one) for one in found if not clear(one)] == []


def test_grades_that_were_not_measured_are_said(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketalearn.content.lint.run.find_spec", lambda _name: None)
    assert [(one.path, one.line, one.code) for one in check_pack(pack, TODAY)] == [(PACK, 1, "I320")]


def test_a_fault_of_a_profile_is_said_at_its_line(tmp_path: Path) -> None:
    vocabulary = Vocabulary(Pack(WHOLE).interview)
    path = tmp_path / "me.toml"
    path.write_text('region = "UK"\nconditions = ["sore_eye"]\n', "utf-8")
    with pytest.raises(ContentError) as raised:
        read_profile(path, "me.toml", vocabulary, ())
    assert [(one.path, one.line, one.code) for one in raised.value.findings] == [("me.toml", 2, "E030")]
    assert all(clear(one) for one in raised.value.findings)
    path.write_text('region = "UK"\nconditions = ["sore_eyes"]\n', "utf-8")
    assert read_profile(path, "me.toml", vocabulary, ()).conditions == ("sore_eyes",)


def test_every_code_of_the_source_has_its_pair() -> None:
    written = {code for path in (ROOT / "src").rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))}
    pairs = {case.code for case in CASES} | {code for _, _, code in due()} | NEEDS_A_TEST_OF_ITS_OWN
    assert len(written) > 80
    assert written - pairs == set(), "give each new code a case here"
    assert pairs - written == set(), "these codes are gone from the source"


def test_a_fault_is_said_once_and_not_again_where_its_id_is_used(pack: Path) -> None:
    for path, old, new in (
        (SOURCES, '"rct"', '"trial"'),
        (FACTS, '"high"', '"very high"'),
        (TERMS, 'plain = "Light', 'plian = "x"\nplain = "Light'),
    ):
        swap(path, old, new)(pack)
        assert {one.path for one in check_pack(pack, TODAY)} == {path}
        swap(path, new, old)(pack)
