"""`ketalearn check`, structural part: every fault of a pack in one run.

Each rule below is a function over a `Checked` pack that reports findings with a place and a mend. What a file must
hold by itself is in the models; here stands what holds between files.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Container, Iterable
from functools import cached_property
from pathlib import Path

from ketalearn.content import models
from ketalearn.content.lint.reach import one_answer_of, unreachable
from ketalearn.content.load import FENCE, M, Reader, did_you_mean
from ketalearn.content.marks import NO_SOURCE, NO_TOPIC
from ketalearn.content.pack import read_help
from ketalearn.content.places import Path as KeyPath
from ketalearn.content.places import may_hold_open_braces, place_of, places
from ketalearn.content.ready import with_statements
from ketalearn.decision.medicines import folded
from ketalearn.decision.safety import normalised
from ketalearn.findings import Finding, Severity
from ketalearn.learning.lesson import CITATION, FACT, TERM, cited, plain_words

# Home reads every module's own table before its first frame (design, section 3)
MODULE_TABLE_BYTES = 1000
PAGE_WORDS = 120
NUMBER_PAGE_WORDS = 60
OPTION_WORDS = (60, 90)
CELL_WORDS = 35

# contract, "Words": nothing that ketalearn itself says states or implies these
FORBIDDEN = re.compile(
    r"\b(?:not )?eligible\b|\bsafe for you\b|\byou (?:cannot|can't) have\b|(?<!not )\bstop taking\b", re.IGNORECASE
)

_FORBIDDEN_PARTS = ("eligible", "safe for you", "you can", "stop taking")


def may_be_forbidden(low: str) -> bool:
    """A quick look at small letters that misses nothing :data:`FORBIDDEN` finds: one of its words is there."""
    return any(map(low.__contains__, _FORBIDDEN_PARTS))


# IPDAS certifies nobody (decision-aid standard, rules for the wording)
CERTIFIED = re.compile(r"\bIPDAS[^.]*\b(?:certified|approved|accredited)\b", re.IGNORECASE)

FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine)\b(?!\.)")
TO_THE_READER = re.compile(r"\b(?:you|yours?|yourself)\b", re.IGNORECASE)

# what TOML 1.1 added: inline tables over several lines or with a last comma, two escapes, times without seconds
MAY_BE_TOML_1_1 = (re.compile(r"\\[ex]"), re.compile(r":\d\d(?!:?\d)"))

MARKDOWN_NOT_TAKEN = re.compile(r"^[ \t]{0,3}#|^[ \t]*\||!\[|<[a-z/]|\]\(", re.MULTILINE | re.IGNORECASE)


class Checked:
    """A pack with every part read, and where the keys of each file stand."""

    def __init__(self, root: Path, also: Iterable[str] = ()) -> None:
        self.reader = Reader(root)
        self.modules_dir = root / "modules"
        self.questions_dir = root / "questions"
        self._places: dict[Path, dict[KeyPath, tuple[int, int]]] = {}
        self._low: dict[int, str] = {}
        reader = self.reader
        self.info = reader.model(models.PackInfo, self.modules_dir / "pack.toml")
        self.sources = reader.table_of(models.Source, self.modules_dir / "sources.toml", "sources")
        self.facts = reader.table_of(models.EvidenceFact, self.modules_dir / "facts.toml", "facts")
        self.terms = reader.list_of(models.Term, self.modules_dir / "glossary.toml", "term")
        table = reader.model(models.ChoiceTable, self.modules_dir / "options.toml")
        self.rows = table.row if table else ()
        self.options = table.option if table else ()
        self.help = read_help(reader, self.modules_dir / "help.toml")
        self.interview = reader.model(models.Interview, self.questions_dir / "interview.toml")
        self.values = reader.list_of(models.PersonalValue, self.questions_dir / "values.toml", "value")
        self.safety = reader.model(models.Safety, self.questions_dir / "safety.toml")
        self.readiness = self._optional(models.Readiness, "readiness.toml")
        self.suggestions = self._optional(models.Suggestions, "suggest.toml")
        if self.interview is not None and self.readiness is not None:
            self.interview = with_statements(self.interview, self.readiness.statement)
        self.rating = self._optional(models.SelfRating, "ipdas.toml", self.modules_dir)
        self.plan = self._optional(models.PlanForm, "plan.toml", self.modules_dir)
        for kind, name in ((models.ReadingLevels, "reading.toml"), (models.Ratings, "ratings.toml")):
            self._optional(kind, name, self.modules_dir)
        words_path = self.questions_dir / "region_words.toml"
        self.region_words = reader.list_of(models.RegionWord, words_path, "word") if words_path.exists() else ()
        self.groups: list[tuple[Path, models.PromptGroup]] = []
        prompt_files = sorted((self.questions_dir / "prompts").glob("*.toml"))
        for path in prompt_files:
            if (group := reader.model(models.PromptGroup, path)) is not None:
                self.groups.append((path, group))
        if not prompt_files:
            self.report(self.questions_dir / "prompts", (), "E001", "there are no prompts here",
                        "add a file NN-group.toml with [[prompt]] tables")  # fmt: skip
        self.modules: list[tuple[Path, models.Module]] = []
        self.pages: list[tuple[Path, models.Module, models.Page]] = []
        self.quizzes: list[tuple[Path, models.Module, models.Quiz]] = []
        for name in dict.fromkeys([*(self.info.modules if self.info else ()), *also]):
            self._read_module(name)

    def _optional(self, kind: type[M], name: str, folder: Path | None = None) -> M | None:
        """A file of questions/, or of `folder`, that a pack may do without."""
        path = (folder or self.questions_dir) / name
        return self.reader.model(kind, path) if path.exists() else None

    def _read_module(self, name: str) -> None:
        path = self.modules_dir / name / "module.toml"
        module = self.reader.model(models.Module, path)
        if module is None:
            return
        self.modules.append((path, module))
        for page_id in module.pages:
            page_path = self.modules_dir / name / f"{page_id}.md"
            if (page := self.reader.page(page_path)) is not None:
                self.pages.append((page_path, module, page))
        quiz_path = self.questions_dir / "quiz" / f"{name}.toml"
        if module.items or quiz_path.exists():
            quiz = self.reader.model(models.Quiz, quiz_path)
            if quiz is not None:
                self.quizzes.append((quiz_path, module, quiz))

    # ------------------------------------------------------------ reporting

    def place(self, path: Path, key: KeyPath) -> tuple[int, int]:
        """Line and column, from 1, of a key of a TOML file or of a page's front matter; (1, 1) where there is none."""
        if path not in self._places:
            try:
                text = path.read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            # the keys of a page stand between its two fences
            self._places[path] = places(text.partition(f"\n{FENCE}")[0] if path.suffix == ".md" else text)
        return place_of(self._places[path], key)

    def report(self, path: Path, key: KeyPath, code: str, message: str, fix: str, level: Severity = "error") -> None:
        """Report at the place of a key, or of the nearest thing that holds it."""
        self.reader.report(path, self.place(path, key), code, message, fix, level)

    def in_page(self, path: Path, page: models.Page, needle: str, code: str, message: str, fix: str) -> None:
        """Report at the place of `needle` in a page's Markdown."""
        at = page.body.find(needle)
        before = page.body[: max(at, 0)]
        line = page.body_line + before.count("\n")
        col = len(before) - (before.rfind("\n") + 1) + 1
        self.reader.report(path, (line, col), code, message, fix)

    def is_source(self, name: str) -> bool:
        """Whether sources.toml names this id, or it is the mark of a source to be written."""
        return name == NO_SOURCE or self._named(name, self.sources, "sources.toml")

    def is_fact(self, name: str) -> bool:
        """Whether facts.toml names this id."""
        return self._named(name, self.facts, "facts.toml")

    def is_term(self, name: str) -> bool:
        """Whether glossary.toml names this id."""
        return self._named(name, self.term_ids, "glossary.toml")

    def _named(self, name: str, read: Container[str], file: str) -> bool:
        """Whether a file of modules/ names this id. One with a fault of its own is reported there, not at each use."""
        if name in read:
            return True
        faulty = self.reader.faulty.get(self.modules_dir / file)
        return faulty is None or name in faulty

    def known_sources(self, path: Path, key: KeyPath, sources: Iterable[str]) -> None:
        """Report each source at `key` that sources.toml does not name."""
        for source in sources:
            if not self.is_source(source):
                self.report(path, key, "E040", f"there is no source '{source}'",
                            did_you_mean(source, self.sources, "add it to modules/sources.toml"))  # fmt: skip

    def low_words(self, item: models.ItemBase) -> str:
        """All words of an item in small letters, for a quick look; made once."""
        if id(item) not in self._low:
            self._low[id(item)] = "\n".join(text for _, text in item.words()).lower()
        return self._low[id(item)]

    # ------------------------------------------------------------ vocabulary

    @cached_property
    def term_ids(self) -> set[str]:
        return {term.id for term in self.terms}

    @cached_property
    def facts_of_vocabulary(self) -> set[str]:
        if self.interview is None:
            return set()
        return {f"{field.prefix}:{value.id}" for field in self.interview.field for value in field.value}

    @cached_property
    def quiz_topics(self) -> set[str]:
        if self.interview is None:
            return set()
        return {value.id for field in self.interview.field if field.id == "quiz_misses" for value in field.value}

    @cached_property
    def prompts(self) -> list[tuple[Path, int, models.Prompt]]:
        return [(path, at, prompt) for path, group in self.groups for at, prompt in enumerate(group.prompt)]


Rule = Callable[[Checked], None]


def check_pack(root: Path, today: dt.date | None = None, *, also: Iterable[str] = ()) -> list[Finding]:
    """Every finding of the pack at `root`, sorted by place. With `today`, the rules of good content as well.

    `also`: modules to look at although pack.toml does not list them.
    """
    if not any((root / name).is_dir() for name in ("modules", "questions")):
        return [Finding(".", 1, 1, "E001", "error", "this folder holds no modules/ and no questions/",
                        "give the folder of a content pack")]  # fmt: skip
    checked = Checked(root, also)
    for rule in RULES:
        rule(checked)
    if today is not None:
        from ketalearn.content.lint.run import lint

        lint(checked, today)
    return sorted(set(checked.reader.findings))


# ---------------------------------------------------------------- rules


def toml_1_0(checked: Checked) -> None:
    """Editors refuse forms that only TOML 1.1 has (design, section 4)."""
    # the standard library's parser takes as long as all other rules together, so it sees only what may hold such a form
    for path in sorted([*checked.modules_dir.rglob("*.toml"), *checked.questions_dir.rglob("*.toml")]):
        shown = checked.reader.shown(path)
        if any(finding.path == shown and finding.code.startswith("E0") for finding in checked.reader.findings):
            continue
        try:
            text = path.read_text("utf-8-sig")
            if any(form.search(text) for form in MAY_BE_TOML_1_1) or may_hold_open_braces(text):
                tomllib.loads(text)
        except (OSError, UnicodeDecodeError):
            continue
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+), column (\d+)", str(error))
            place = (int(at[1]), int(at[2])) if at else (1, 1)
            checked.reader.report(path, place, "E010", "this form is not in TOML 1.0",
                                  "keep an inline table on one line, with no comma before its }")  # fmt: skip


def unused_files(checked: Checked) -> None:
    """A page or a quiz that no list names is never shown."""
    listed = {path for path, _, _ in checked.pages}
    for path, module in checked.modules:
        named = {path.parent / f"{page}.md" for page in module.pages}
        for found in sorted(path.parent.glob("*.md")):
            if found not in named | listed:
                checked.report(found, (), "E041", "no list names this page",
                               f"add '{found.stem}' to pages in module.toml, or remove the file")  # fmt: skip
    if checked.info is not None:
        checked.known_sources(
            checked.modules_dir / "pack.toml", ("main_message_sources",), checked.info.main_message_sources
        )
        for folder in sorted(path.parent for path in checked.modules_dir.glob("*/module.toml")):
            if folder.name not in checked.info.modules:
                checked.report(folder / "module.toml", (), "E041", "pack.toml does not list this module",
                               f"add '{folder.name}' to modules in pack.toml, or remove the folder")  # fmt: skip


def module_tables(checked: Checked) -> None:
    """A module's table is small, is named like its folder, and lists each thing once."""
    for path, module in checked.modules:
        if module.id != path.parent.name:
            checked.report(path, ("id",), "E042", f"id '{module.id}' is not the folder's name",
                           f'write id = "{path.parent.name}"')  # fmt: skip
        if (size := path.stat().st_size) > MODULE_TABLE_BYTES:
            checked.report(path, (), "E043", f"this table has {size} bytes; at most {MODULE_TABLE_BYTES} keep the "
                           "start quick", "use shorter ids and objectives")  # fmt: skip
        names: tuple[tuple[str, Iterable[str]], ...] = (
            ("pages", module.pages), ("items", module.items), ("objective", [one.id for one in module.objective]),
        )  # fmt: skip
        for key, ids in names:
            for twice in _repeated(ids):
                checked.report(path, (key,), "E044", f"'{twice}' stands twice in {key}", "take one out")


def pages(checked: Checked) -> None:
    """Every page: its id, its objectives, facts, citations and terms resolve; its words are within bounds."""
    for path, module, page in checked.pages:
        front = page.front
        if front.id != path.stem:
            checked.report(path, ("id",), "E042", f"id '{front.id}' is not the file's name",
                           f'write id = "{path.stem}"')  # fmt: skip
        objectives = {one.id for one in module.objective}
        for objective in front.objectives:
            if objective not in objectives:
                checked.report(path, ("objectives",), "E045", f"there is no objective '{objective}' in this module",
                               did_you_mean(objective, objectives))  # fmt: skip
        used = [match[1] for match in FACT.finditer(page.body)]
        for fact in dict.fromkeys([*front.facts, *used, *([front.array] if front.array else [])]):
            if checked.is_fact(fact):
                continue
            wrong, fix = f"there is no fact '{fact}'", did_you_mean(fact, checked.facts, "add it to modules/facts.toml")
            if fact in used:
                checked.in_page(path, page, f"{{{{{fact}", "E046", wrong, fix)
            else:
                checked.report(path, ("facts" if fact in front.facts else "array",), "E046", wrong, fix)
        if front.array and (fact_of := checked.facts.get(front.array)) and fact_of.count is None:
            checked.report(path, ("array",), "E047", f"fact '{front.array}' has no count to draw",
                           "draw a fact with a count, or take 'array' and 'caption' out")  # fmt: skip
        for match in CITATION.finditer(page.body):
            for source in match[1].split(";"):
                name = source.strip().removeprefix("@")
                if not checked.is_source(name):
                    checked.in_page(path, page, match[0], "E040", f"there is no source '{name}'",
                                    did_you_mean(name, checked.sources, "add it to modules/sources.toml"))  # fmt: skip
        for match in TERM.finditer(page.body):
            if not checked.is_term(match[1]):
                fix = did_you_mean(match[1], checked.term_ids, "add it to modules/glossary.toml")
                checked.in_page(path, page, match[0], "E048", f"there is no glossary term '{match[1]}'", fix)
        _page_words(checked, path, page)


def _page_words(checked: Checked, path: Path, page: models.Page) -> None:
    if any(fact not in checked.facts for fact in (match[1] for match in FACT.finditer(page.body))):
        return
    if not CITATION.search(page.body) and not FACT.search(page.body):
        checked.reader.report(path, (page.body_line, 1), "E049", "this page cites no source",
                              "end its statements with [@source-id]")  # fmt: skip
    words = len(plain_words(page.body, checked.facts).split())
    most = NUMBER_PAGE_WORDS if page.front.array else PAGE_WORDS
    if words > most:
        checked.reader.report(path, (page.body_line, 1), "E050", f"this page has {words} words; at most {most} "
                              "are read to the end", "split the page, or say less")  # fmt: skip
    if found := MARKDOWN_NOT_TAKEN.search(page.body):
        checked.in_page(path, page, found[0], "E051", "headings, tables, pictures, links and HTML are not drawn",
                        "use paragraphs, **bold**, *italic* and lists")  # fmt: skip


def one_meaning_for_each_id(checked: Checked) -> None:
    """Ids are permanent and unique in the pack: saved answers refer to them."""
    seen: dict[str, Path] = {}
    for path, _, quiz in checked.quizzes:
        for at, item in enumerate(quiz.item):
            if item.id in seen:
                checked.report(path, ("item", at, "id"), "E044", f"the id '{item.id}' is already used",
                               "give this item an id of its own")  # fmt: skip
            seen[item.id] = path
    for key, name in (("topic", "topic"), ("id", "id")):
        found: set[str] = set()
        for path, at, prompt in checked.prompts:
            value = str(getattr(prompt, key))
            if value in found:
                checked.report(path, ("prompt", at, key), "E044", f"the {name} '{value}' is already used",
                               f"give this prompt a {name} of its own")  # fmt: skip
            found.add(value)
    lists: tuple[tuple[Path, str, list[str]], ...] = (
        (checked.modules_dir / "glossary.toml", "term", [term.id for term in checked.terms]),
        (checked.modules_dir / "options.toml", "option", [option.id for option in checked.options]),
        (checked.questions_dir / "values.toml", "value", [value.id for value in checked.values]),
    )
    for path, key, ids in lists:
        for twice in _repeated(ids):
            at = len(ids) - 1 - ids[::-1].index(twice)
            checked.report(path, (key, at, "id"), "E044", f"the id '{twice}' is already used", "give it its own")


def items(checked: Checked) -> None:
    """Every item: named by its module, teaches a page and an objective that are there, has a topic that can matter."""
    for path, module, quiz in checked.quizzes:
        if quiz.module != module.id:
            checked.report(path, ("module",), "E042", f"'{quiz.module}' is not the module of this file",
                           f'write module = "{module.id}"')  # fmt: skip
        there = {item.id for item in quiz.item}
        for name in module.items:
            if name not in there:
                checked.report(path, (), "E052", f"module.toml lists the item '{name}', which is not here",
                               did_you_mean(name, there, "add it, or take it out of the list"))  # fmt: skip
        objectives = {one.id for one in module.objective}
        listed = frozenset(module.items)
        for at, item in enumerate(quiz.item):
            key: KeyPath = ("item", at)
            if item.id not in listed and "after" in item.use:
                checked.report(path, (*key, "id"), "E052", f"module.toml does not list the item '{item.id}'",
                               "add it to items in module.toml")  # fmt: skip
            if item.page not in module.pages:
                checked.report(path, (*key, "page"), "E053", f"there is no page '{item.page}' in this module",
                               did_you_mean(item.page, module.pages))  # fmt: skip
            if item.objective not in objectives:
                checked.report(path, (*key, "objective"), "E045", f"there is no objective '{item.objective}'",
                               did_you_mean(item.objective, objectives))  # fmt: skip
            if item.topic not in (*checked.quiz_topics, NO_TOPIC) and checked.interview is not None:
                checked.report(path, (*key, "topic"), "E054", f"'{item.topic}' is not a quiz topic",
                               did_you_mean(item.topic, checked.quiz_topics))  # fmt: skip
            checked.known_sources(path, (*key, "sources"), item.sources)
        tested = Counter(item.objective for item in quiz.item)
        for objective in sorted(objectives):
            if tested[objective] < 2:
                checked.report(path, (), "W201", f"objective '{objective}' has {tested[objective]} items",
                               "write at least two", "warning")  # fmt: skip


def prompts(checked: Checked) -> None:
    """Every prompt: its facts are in the vocabulary, its sources resolve, and something can raise it."""
    known = checked.facts_of_vocabulary
    asked = frozenset(item.topic for _, _, quiz in checked.quizzes for item in quiz.item)
    one_answer = one_answer_of(checked.interview) if checked.interview else {}
    flags = {fact for _, _, prompt in checked.prompts for fact in prompt.red_flag_if}
    for path, at, prompt in checked.prompts:
        key: KeyPath = ("prompt", at)
        rules = ("must_if", "should_if", "gate_any", "gate_all", "never_if", "red_flag_if")
        for rule in rules:
            for fact in getattr(prompt, rule):
                if known and fact not in known:
                    checked.report(path, (*key, rule), "E055", f"'{fact}' is no fact of the vocabulary",
                                   did_you_mean(fact, known))  # fmt: skip
        chosen_by = [("variant", number, (*one.when, *one.any)) for number, one in enumerate(prompt.wordings)]
        chosen_by += [("reason", number, (*one.when, *one.any)) for number, one in enumerate(prompt.reason)]
        for name, number, facts in chosen_by:
            for fact in facts:
                if known and fact not in known:
                    checked.report(path, (*key, name, number, "when"), "E055",
                                   f"'{fact}' is no fact of the vocabulary", did_you_mean(fact, known))  # fmt: skip
        covering(checked, path, at, prompt)
        for fact in prompt.never_if:
            if fact in flags:
                # the law "adding a red-flag fact never removes a topic" would not hold
                checked.report(path, (*key, "never_if"), "E056", f"the red-flag fact '{fact}' would hide this prompt",
                               "take it out of never_if")  # fmt: skip
        if not (prompt.base or prompt.must_if or prompt.should_if or prompt.red_flag_if):
            checked.report(path, key, "E057", f"nothing raises '{prompt.topic}'",
                           "give it a base, a must_if or a should_if")  # fmt: skip
        elif why := unreachable(prompt, asked, one_answer):
            checked.report(path, key, "E057", why, "change its rules, or write the item that raises it")
        checked.known_sources(path, (*key, "sources"), prompt.sources)


def covering(checked: Checked, path: Path, at: int, prompt: models.Prompt) -> None:
    """What asks a prompt too is another prompt of the bank; what everyone gets is never put last."""
    known = checked.facts_of_vocabulary
    topics = {one.topic for _, _, one in checked.prompts}
    for number, one in enumerate(prompt.covered):
        key: KeyPath = ("prompt", at, "covered", number)
        if one.by not in topics or one.by == prompt.topic:
            checked.report(path, (*key, "by"), "E071", f"'{one.by}' is no other prompt of the bank",
                           did_you_mean(one.by, topics - {prompt.topic}))  # fmt: skip
        if prompt.base == "must":
            checked.report(path, key, "E071", f"'{prompt.topic}' is for everyone, so no other may stand in for it",
                           "take out this [[prompt.covered]]")  # fmt: skip
        for fact in (*one.when, *one.any, *one.unless):
            if known and fact not in known:
                checked.report(path, (*key, "by"), "E055", f"'{fact}' is no fact of the vocabulary",
                               did_you_mean(fact, known))  # fmt: skip


def topics_raise_something(checked: Checked) -> None:
    """A missed quiz topic that no prompt names would add nothing to My questions."""
    raised = {
        fact.removeprefix("quiz:")
        for _, _, prompt in checked.prompts
        for fact in (*prompt.must_if, *prompt.should_if)
        if fact.startswith("quiz:")
    }
    for at, field in enumerate(checked.interview.field if checked.interview else ()):
        for number, topic in enumerate(value.id for value in field.value):
            if field.id == "quiz_misses" and topic not in raised:
                checked.report(checked.questions_dir / "interview.toml", ("field", at, "value", number), "W202",
                               f"no prompt is raised by the quiz topic '{topic}'",
                               f"add quiz:{topic} to a prompt's must_if or should_if", "warning")  # fmt: skip


def someone_else(checked: Checked) -> None:
    """A prompt in the first person has a form for a sheet about someone else, and that form is in the third."""
    another = "goal:supporting_someone"
    if another not in checked.facts_of_vocabulary:
        return
    for path, at, prompt in checked.prompts:
        if prompt.gate_any == (another,):
            continue
        theirs = [variant for variant in prompt.wordings if another in variant.when]
        for text in (prompt.they, *(variant.text for variant in theirs)):
            if FIRST_PERSON.search(text):
                checked.report(path, ("prompt", at), "E063", f"'{prompt.topic}' says 'I' on a sheet for someone else",
                               "write it about 'they'")  # fmt: skip
        reasons = (
            ("they_why", prompt.they_why or prompt.why),
            *(("they", one.they or one.text) for one in prompt.reason),
        )
        for name, text in reasons:
            if TO_THE_READER.search(text):
                checked.report(path, ("prompt", at), "W206",
                               f"the reason of '{prompt.topic}' says 'you' on a sheet for someone else",
                               f"add {name} = \"...\" about 'them', or words that fit both", "warning")  # fmt: skip
        ours = (prompt.text, *(variant.text for variant in prompt.wordings if variant not in theirs))
        always = prompt.they or any(variant.when == (another,) and not variant.any for variant in theirs)
        if not always and any(FIRST_PERSON.search(text) for text in ours):
            checked.report(path, ("prompt", at), "W204", f"'{prompt.topic}' has no form for someone else",
                           "add they = \"...\" in the third person", "warning")  # fmt: skip


def values_raise_something(checked: Checked) -> None:
    """Each answer raises a prompt, or the vocabulary says why it raises none."""
    if checked.interview is None:
        return
    raised = {
        fact for _, _, prompt in checked.prompts for fact in (*prompt.must_if, *prompt.should_if, *prompt.red_flag_if)
    } | {fact for _, _, prompt in checked.prompts for fact in prompt.gate_all}
    # a statement of readiness names the topics that it raises itself
    raised |= {f"ready:{one.id}" for one in (checked.readiness.statement if checked.readiness else ())}
    path = checked.questions_dir / "interview.toml"
    for at, field in enumerate(checked.interview.field):
        for number, value in enumerate(field.value):
            fact = f"{field.prefix}:{value.id}"
            if fact not in raised and not value.raises_nothing and field.set_by == "person":
                checked.report(path, ("field", at, "value", number), "W205", f"'{fact}' raises no prompt",
                               "name it in a rule, or say why in raises_nothing", "warning")  # fmt: skip
            if fact in raised and value.raises_nothing:
                checked.report(path, ("field", at, "value", number), "E064", f"'{fact}' raises a prompt after all",
                               "take raises_nothing out")  # fmt: skip


def region_words(checked: Checked) -> None:
    """Each region that a word names is a region of the interview."""
    known = {fact.removeprefix("region:") for fact in checked.facts_of_vocabulary if fact.startswith("region:")}
    for at, one in enumerate(checked.region_words):
        for region in one.where:
            if known and region not in known:
                checked.report(checked.questions_dir / "region_words.toml", ("word", at, "where"), "E055",
                               f"'{region}' is no region of the interview", did_you_mean(region, known))  # fmt: skip


def evidence(checked: Checked) -> None:
    """Facts, terms and options rest on sources that are there, and a fact's words hold its counts."""
    path = checked.modules_dir / "facts.toml"
    for name, fact in checked.facts.items():
        checked.known_sources(path, ("facts", name, "sources"), fact.sources)
        arms = [fact.comparator] if isinstance(fact.comparator, models.Arm) else []
        counts = ([(fact.count, fact.of)] if fact.count is not None else []) + [(arm.count, arm.of) for arm in arms]
        for count, of in counts:
            if f"{count:g} of {of}" not in fact.statement:
                checked.report(path, ("facts", name, "statement"), "E058",
                               f"the words of '{name}' do not say '{count:g} of {of}'",
                               "say the count in the statement as it stands in the numbers")  # fmt: skip
    for at, term in enumerate(checked.terms):
        checked.known_sources(checked.modules_dir / "glossary.toml", ("term", at, "sources"), term.sources)
    path = checked.modules_dir / "options.toml"
    for at, option in enumerate(checked.options):
        checked.known_sources(path, ("option", at, "sources"), option.sources)
        for field in ("what", "good", "bad", "sure"):
            cites = [part.strip().removeprefix("@") for match in CITATION.finditer(getattr(option, field))
                     for part in match[1].split(";")]  # fmt: skip
            checked.known_sources(path, ("option", at, field), cites)
        text = " ".join((option.what, option.good, option.bad, option.sure))
        words = len(CITATION.sub("", text).split())
        if not OPTION_WORDS[0] <= words <= OPTION_WORDS[1]:
            checked.report(path, ("option", at), "W203", f"option '{option.id}' has {words} words",
                           f"keep each option between {OPTION_WORDS[0]} and {OPTION_WORDS[1]} words, so that none "
                           "looks better for its length", "warning")  # fmt: skip


def side_by_side(checked: Checked) -> None:
    """Every option answers every row once, within bounds, and goes with every value in words of its own."""
    path = checked.modules_dir / "options.toml"
    rows = [row.id for row in checked.rows]
    values = [value.id for value in checked.values]
    for twice in _repeated(rows):
        last = len(rows) - 1 - rows[::-1].index(twice)
        checked.report(path, ("row", last, "id"), "E044", f"the row '{twice}' stands twice", "take one out")
    for at, option in enumerate(checked.options):
        lists = (
            ("cell", "row", rows, [cell.row for cell in option.cell]),
            ("fit", "value", values if option.fit else [], [fit.value for fit in option.fit]),
        )
        for table, key, asked, given in lists:
            for name in asked:
                if name not in given:
                    checked.report(path, ("option", at), "E065", f"option '{option.id}' has no {table} for '{name}'",
                                   f'add [[option.{table}]] with {key} = "{name}"')  # fmt: skip
            for name in _repeated(given):
                checked.report(path, ("option", at), "E044", f"'{name}' has two [[option.{table}]] in '{option.id}'",
                               "keep one")  # fmt: skip
            for place, name in enumerate(given):
                if name not in (asked or values):
                    checked.report(path, ("option", at, table, place, key), "E065", f"there is no {key} '{name}'",
                                   did_you_mean(name, asked or values))  # fmt: skip
        for place, cell in enumerate(option.cell):
            key_path = ("option", at, "cell", place, "text")
            cites = cited(cell.text)
            if not cites:
                checked.report(path, key_path, "E066", f"'{cell.row}' of '{option.id}' cites no source",
                               "end it with [@source-id]")  # fmt: skip
            checked.known_sources(path, key_path, cites)
            if (words := len(CITATION.sub("", cell.text).split())) > CELL_WORDS:
                checked.report(path, key_path, "E067", f"this cell has {words} words; at most {CELL_WORDS} can be "
                               "read side by side", "say less")  # fmt: skip
            for fact in cell.facts:
                if not checked.is_fact(fact):
                    checked.report(path, ("option", at, "cell", place, "facts"), "E046", f"there is no fact '{fact}'",
                                   did_you_mean(fact, checked.facts))  # fmt: skip
            for drawn, picture in enumerate(cell.picture):
                _picture(checked, path, ("option", at, "cell", place, "picture", drawn, "fact"), picture, cites)
        for place, fit in enumerate(option.fit):
            checked.known_sources(path, ("option", at, "fit", place, "sources"), fit.sources)


def _picture(
    checked: Checked, path: Path, key_path: tuple[str | int, ...], picture: models.ChoicePicture, cites: list[str]
) -> None:
    """What a cell draws is a count of the evidence, with both arms if it has two, from a source that the cell cites."""
    fact = checked.facts.get(picture.fact)
    if fact is None:
        if not checked.is_fact(picture.fact):
            checked.report(path, key_path, "E046", f"there is no fact '{picture.fact}'",
                           did_you_mean(picture.fact, checked.facts))  # fmt: skip
        return
    if fact.count is None or fact.of != 100:
        checked.report(path, key_path, "E047", f"fact '{picture.fact}' has no count of 100 to draw",
                       "draw a fact with a count of 100, or take the picture out")  # fmt: skip
    if picture.first == "comparator" and isinstance(fact.comparator, str):
        checked.report(path, key_path, "E047", f"fact '{picture.fact}' has no comparison group to draw first",
                       'take first = "comparator" out')  # fmt: skip
    if not set(fact.sources) & set(cites):
        checked.report(path, key_path, "E066", f"the cell cites no source of '{picture.fact}', which it draws",
                       f"cite one of {', '.join(fact.sources)}")  # fmt: skip


def interview(checked: Checked) -> None:
    """The interview asks every field once, and its groups and exclusive values are its own."""
    if checked.interview is None:
        return
    path = checked.questions_dir / "interview.toml"
    fields = {field.id: field for field in checked.interview.field}
    for at, screen in enumerate(checked.interview.screen):
        for name in screen.fields:
            if name not in fields:
                checked.report(path, ("screen", at, "fields"), "E059", f"there is no field '{name}'",
                               did_you_mean(name, fields))  # fmt: skip
    for at, field in enumerate(checked.interview.field):
        values = [value.id for value in field.value]
        for twice in _repeated(values):
            checked.report(path, ("field", at), "E044", f"the value '{twice}' stands twice in '{field.id}'",
                           "take one out")  # fmt: skip
        grouped = [value for group in field.group for value in group.values]
        for name in [*field.exclusive, *grouped]:
            if name not in values:
                checked.report(path, ("field", at), "E059", f"there is no value '{name}' in '{field.id}'",
                               did_you_mean(name, values))  # fmt: skip
        for name in values if field.group else ():
            if name not in grouped and name not in field.exclusive:
                checked.report(path, ("field", at), "E059", f"'{name}' stands in no group of '{field.id}'",
                               "add it to a [[field.group]]")  # fmt: skip


def medicine_names(checked: Checked) -> None:
    """A typed name has one kind: the same name under two kinds would be recognised as whichever came last."""
    path = checked.questions_dir / "interview.toml"
    seen: dict[str, str] = {}
    for at, field in enumerate(checked.interview.field if checked.interview else ()):
        for value in field.value:
            for name in value.names:
                before = seen.setdefault(folded(name), value.id)
                if before != value.id:
                    checked.report(path, ("field", at), "E061", f"the name '{name}' stands under '{before}' and "
                                   f"'{value.id}'", "leave it under one of them")  # fmt: skip


# what words may suggest: never a safety answer (Crisis help sees to that), a quiz topic or a value
SUGGESTED_PREFIXES = ("cond", "med", "repro", "circ", "concern")


def suggestions(checked: Checked) -> None:
    """What typed words suggest is in the vocabulary, once, and can be added by a tick."""
    if checked.suggestions is None:
        return
    path = checked.questions_dir / "suggest.toml"
    known = {fact for fact in checked.facts_of_vocabulary if fact.partition(":")[0] in SUGGESTED_PREFIXES}
    for at, rule in enumerate(checked.suggestions.suggest):
        if rule.fact not in known and checked.interview is not None:
            checked.report(path, ("suggest", at, "fact"), "E055", f"'{rule.fact}' is no fact that can be suggested",
                           did_you_mean(rule.fact, known))  # fmt: skip
        for phrase in rule.phrases:
            if not normalised(phrase.replace("*", "")).strip():
                checked.report(path, ("suggest", at, "phrases"), "E062", f"the phrase '{phrase}' has no word in it",
                               "write the words as they are typed")  # fmt: skip
    facts = [rule.fact for rule in checked.suggestions.suggest]
    for twice in _repeated(facts):
        at = len(facts) - 1 - facts[::-1].index(twice)
        checked.report(
            path, ("suggest", at, "fact"), "E044", f"'{twice}' is suggested twice", "put its phrases in one list"
        )


def readiness(checked: Checked) -> None:
    """Readiness statements raise topics that are there, and rest on sources that are there."""
    if checked.readiness is None:
        return
    path = checked.questions_dir / "readiness.toml"
    topics = {prompt.topic for _, _, prompt in checked.prompts}
    for at, statement in enumerate(checked.readiness.statement):
        for topic in statement.raises:
            if topic not in topics:
                checked.report(path, ("statement", at, "raises"), "E063", f"'{topic}' is not a topic of the bank",
                               did_you_mean(topic, topics))  # fmt: skip
        checked.known_sources(path, ("statement", at, "sources"), statement.sources)
        if found := FORBIDDEN.search(statement.text):
            checked.report(path, ("statement", at, "text"), "E060", f"we do not say '{found[0]}'",
                           "say what the person can answer for themselves")  # fmt: skip


def plan(checked: Checked) -> None:
    """Each part of the plan to fill in rests on sources that are there."""
    for key, sources in checked.plan.cites() if checked.plan else ():
        checked.known_sources(checked.modules_dir / "plan.toml", key, sources)


def self_rating(checked: Checked) -> None:
    """ipdas.toml holds each criterion once, and what it calls met can be seen (IPDASi v4.0, honest self-rating)."""
    path = checked.modules_dir / "ipdas.toml"
    rating = checked.rating
    if rating is None:
        return
    rows = [row.id for row in rating.criterion]
    for twice in _repeated(rows):
        checked.report(path, ("criterion", rows.index(twice), "id"), "E044", f"the criterion '{twice}' stands twice",
                       "keep one")  # fmt: skip
    for name in (*models.CRITERIA, *rows):
        if name not in rows:
            checked.report(path, ("criterion",), "E068", f"the criterion '{name}' is missing",
                           f'add [[criterion]] with id = "{name}"')  # fmt: skip
        elif name not in models.CRITERIA:
            checked.report(path, ("criterion", rows.index(name), "id"), "E068", f"IPDASi has no criterion '{name}'",
                           "write the id as in IPDASi v4.0: Q1 to Q6, C1 to C10, K1 to K28")  # fmt: skip
    for at, row in enumerate(rating.criterion):
        for evidence in row.evidence:
            if wrong := _not_there(checked, evidence):
                checked.report(path, ("criterion", at, "evidence"), "E069", f"'{row.id}': {wrong}",
                               "name what is there, or say partly or not-met")  # fmt: skip
    for key, text in (("words", rating.words), *(("not_done", one) for one in rating.not_done)):
        if CERTIFIED.search(text):
            checked.report(path, (key,), "E060", "nobody certifies by IPDAS, so we do not say so",
                           "say self-rated, by whom and when")  # fmt: skip
    for at, row in enumerate(rating.criterion):
        if CERTIFIED.search(f"{row.text} {row.why}"):
            checked.report(path, ("criterion", at), "E060", "nobody certifies by IPDAS, so we do not say so",
                           "say self-rated, by whom and when")  # fmt: skip


def _not_there(checked: Checked, evidence: str) -> str:
    """What is wrong with a piece of evidence, or ""; commands and tests are those of the project, not of a pack."""
    from typing import get_args

    from ketalearn.journey import Kind

    kind, _, name = evidence.partition(": ")
    match kind:
        case "file" if not (name.startswith(("modules/", "questions/")) and (checked.reader.root / name).is_file()):
            return f"there is no file '{name}' in this pack"
        case "page" if name not in {f"{module.id}/{page.front.id}" for _, module, page in checked.pages}:
            return f"there is no page '{name}'"
        case "screen" if name not in get_args(Kind):
            return f"there is no screen '{name}'"
    return ""


def words_we_do_not_use(checked: Checked) -> None:
    """Nothing that we say states or implies who may have the treatment, or tells anyone to stop a medicine."""
    fix = "ask 'how does this change my risk' instead, or leave it to the clinician"

    def look(path: Path, key: KeyPath, text: str) -> None:
        if found := FORBIDDEN.search(text):
            checked.report(path, key, "E060", f"we do not say '{found[0]}'", fix)

    for path, _, page in checked.pages:
        if found := FORBIDDEN.search(page.body):
            checked.in_page(path, page, found[0], "E060", f"we do not say '{found[0]}'", fix)
    for name, fact in checked.facts.items():
        look(checked.modules_dir / "facts.toml", ("facts", name, "statement"), fact.statement)
    for path, _, quiz in checked.quizzes:
        for at, item in enumerate(quiz.item):
            if not may_be_forbidden(checked.low_words(item)):
                continue
            for key, text in item.words():
                look(path, ("item", at, *key), text)
    for path, at, prompt in checked.prompts:
        for text in (
            prompt.text,
            prompt.why,
            prompt.they,
            prompt.they_why,
            prompt.private,
            *(words for one in prompt.reason for words in (one.text, one.they)),
            *(variant.text for variant in prompt.wordings),
        ):
            look(path, ("prompt", at), text)
    for at, option_ in enumerate(checked.options):
        cells = (*(cell.text for cell in option_.cell), *(fit.why for fit in option_.fit))
        for text in (option_.what, option_.good, option_.bad, option_.sure, *cells):
            look(checked.modules_dir / "options.toml", ("option", at), text)
    for key, text in checked.plan.texts() if checked.plan else ():
        look(checked.modules_dir / "plan.toml", key, text)


def _repeated(ids: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(ids).items() if count > 1]


RULES: tuple[Rule, ...] = (
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
