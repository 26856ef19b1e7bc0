"""How good is this tool? The same words for the app, plain mode and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from ketalearn.content.rating import Tally, rated_rows, tallies

if TYPE_CHECKING:
    from ketalearn.content.models import Dimension, FormScore, RatingLevel, RatingStatus
    from ketalearn.content.pack import Pack

TITLE = "How good is this tool?"
NO_RATING = "This content has no rating of itself."
NO_READERS = "No fresh reader has filled the forms yet."

WHO_READ: dict[tuple[str, ...], str] = {
    (): "the project itself. No outside reader has yet.",
    ("ai",): "the project itself, and AI readers. They are not people.",
    ("person",): "the project itself, and people who read it.",
    ("ai", "person"): "the project itself, AI readers, and people.",
}
"""By the kinds of readers who filled a form."""
NOT_KNOWN = "if it helps anyone."
USE_IT = "Use it to prepare questions, not to decide alone."
FOR_MAKERS = "For makers and reviewers: how hard it is to read"

STATUS_WORDS: dict[RatingStatus, tuple[str, str]] = {
    "met": ("✓", "met"),
    "partly": ("~", "partly met"),
    "not-met": ("✗", "not met"),
    "needs-people": ("?", "needs real people"),
    "not-applicable": ("-", "does not apply"),
}
"""A sign and a word for each status, so that neither colour nor the sign carries it alone."""

LEVEL_WORDS: dict[RatingLevel, str] = {
    "qualifying": "To count as a decision aid",
    "certifying": "To be trusted",
    "quality": "To be a good one",
}
DIMENSION_WORDS: dict[Dimension, str] = {
    "information": "What it tells",
    "probabilities": "Chances",
    "values": "What matters to you",
    "guidance": "Help to decide",
    "development": "How it was made",
    "evidence": "What it rests on",
    "disclosure": "Who made it",
    "plain-language": "Plain words",
    "tests": "Screening tests",
    "evaluation": "Does it help?",
}
SCREEN_WORDS = {
    "welcome": "the first screen", "home": "Home", "page": "a lesson page", "choices": "My choices",
    "choice": "the page of a choice", "compare": "My choices, side by side", "fit": "My choices, next to what matters",
    "matters": "What matters to me", "questions": "My questions", "about": "About", "rating": "this page",
}  # fmt: skip

Look = Literal["title", "heading", "group", "text", "list", "row", "note", "gap"]


class Line(NamedTuple):
    """One line to draw. A row has its status; `note` lines belong to the row above."""

    look: Look
    text: str = ""
    status: RatingStatus | None = None


def rating_page(pack: Pack, *, tests: bool = True) -> list[Line]:
    """The whole page. `tests`: whether evidence names the project's tests, which only its makers can open."""
    lines = [Line("title", TITLE)]
    if pack.self_rating is None:
        return [*lines, Line("text", NO_RATING)]
    lines += [
        *_opening(pack),
        *_summary(pack),
        *_readers(pack),
        *_not_done(pack),
        *_makers(pack),
        *_rows(pack, tests),
        *_levels(pack),
    ]
    return lines


def rating_lines(pack: Pack) -> list[str]:
    """The page as plain text, with no colour and nothing that a screen reader would stumble over."""
    return as_text(rating_page(pack))


def measured_lines(pack: Pack) -> list[str]:
    """What was not done, and how hard it is to read: all of the page that is no judgement of its makers."""
    return as_text([*(_not_done(pack) if pack.self_rating is not None else ()), *_levels(pack)])


def as_text(lines: Iterable[Line]) -> list[str]:
    """Lines to draw as plain text."""
    found: list[str] = []
    for line in lines:
        match line.look:
            case "title" | "heading":
                found += ["", line.text] if found else [line.text]
            case "group":
                found.append(f"{line.text}:")
            case "list":
                found.append(f"- {line.text}")
            case "row":
                sign, word = STATUS_WORDS[line.status or "not-met"]
                found.append(f"{sign} {word}: {line.text}")
            case "note":
                found.append(f"  {line.text}")
            case _:
                found.append(line.text)
    return found


# ---------------------------------------------------------------- parts


def _opening(pack: Pack) -> Iterator[Line]:
    """What nobody has checked, where it is good and weak, what it is for, and who rated: before any figure."""
    rating = pack.self_rating
    assert rating is not None
    yield Line("text", " ".join(["Not checked yet:", *rating.not_done[:2]]))
    helps = any(one.dimension == "evaluation" and one.status == "met" for one in rating.criterion)
    told = [f"{words}: {listed(names)}." for words, names in good_to_weak(pack).items() if names]
    told += [] if helps else [f"Not known: {NOT_KNOWN}"]
    yield Line("text", " ".join(told))
    yield Line("text", USE_IT)
    kinds = {reader.kind for form in pack.ratings.form for reader in form.reader}
    yield Line("text", f"Who rated it: {WHO_READ[tuple(sorted(kinds))]}")


def good_to_weak(pack: Pack) -> dict[str, list[str]]:
    """Subjects by how many of their rows are met: all, half or more, or fewer; in the order of the rows.

    A subject with one row is too little to call good or weak. What needs real people counts as not met. Whether it
    helps is said apart.
    """
    by_dimension: dict[Dimension, list[bool]] = {}
    for row in rated_rows(pack):
        if row.status != "not-applicable" and row.criterion.dimension != "evaluation":
            by_dimension.setdefault(row.criterion.dimension, []).append(row.status == "met")
    found: dict[str, list[str]] = {"Good at": [], "Good in part": [], "Weak at": []}
    for dimension, met in by_dimension.items():
        if len(met) > 1:
            words = "Good at" if all(met) else "Good in part" if 2 * sum(met) >= len(met) else "Weak at"
            found[words].append(DIMENSION_WORDS[dimension].lower())
    return found


def listed(names: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _summary(pack: Pack) -> Iterator[Line]:
    rating = pack.self_rating
    assert rating is not None
    yield Line("heading", "How it rates itself")
    rows = rated_rows(pack)
    yield Line("text", rating.words)
    for tally in tallies(rows):
        yield Line("list", tally_words(tally))
    first = tallies(rows)[0]
    if first.met < first.applies:
        yield Line("text", "All of the first are needed to count as a decision aid, so this is not yet a full one.")
    dates = sorted({row.criterion.date.isoformat() for row in rows})
    raters = "; ".join(dict.fromkeys(row.criterion.rater for row in rows))
    yield Line("text", f"Rated by {raters}, {dates[-1]}. Each row below says what was seen, and where.")


def tally_words(tally: Tally) -> str:
    """A tally in words, with the most that could be reached without real people."""
    words = f"{LEVEL_WORDS[tally.level]}: {tally.met} of {tally.applies} met."
    if tally.people:
        words += f" {tally.people} of them need real people, so {tally.applies - tally.people} is the most until then."
    return words


def _readers(pack: Pack) -> Iterator[Line]:
    yield Line("heading", "What fresh readers said")
    if not pack.ratings.form:
        yield Line("text", NO_READERS)
        return
    for form in pack.ratings.form:
        yield Line("group", form.title)
        for scale in form.scale:
            yield Line("list", _scale(form, scale.name, scale.points, scale.of))
        for one in form.earlier:
            when = f"round {one.round}, {one.date.isoformat()}"
            yield Line("note", f"Before it was mended ({when}): {one.name} {one.points} of {one.of}.")
        who = "; ".join(
            f"{one.name} ({'a person' if one.kind == 'person' else 'AI, not a person'}, {one.date.isoformat()}): "
            f"{one.words.rstrip('.')}"
            for one in form.reader
        )
        yield Line("note", f"Filled by: {who}.")
        if len(form.reader) > 1:
            yield Line("note", f"Same answer: {form.same} of {form.items}. Where they differ, the worse answer counts.")
        if form.low:
            shown = "; ".join(f"{item.id} {item.text.rstrip('.')} ({item.answer})" for item in form.low)
            yield Line("note", f"Lowest: {shown}.")


def _scale(form: FormScore, name: str, points: int, of: int) -> str:
    percent = round(100 * points / of) if of else 0
    words = f"{name}: {points} of {of}, which is {percent} of 100."
    if form.passing is not None:
        words += f" {form.passing} or more is called good."
    return words[:1].upper() + words[1:]


def _not_done(pack: Pack) -> Iterator[Line]:
    assert pack.self_rating is not None
    yield Line("heading", "What was not done")
    for words in pack.self_rating.not_done:
        yield Line("list", words)


def _levels(pack: Pack) -> Iterator[Line]:
    yield Line("heading", FOR_MAKERS)
    levels = pack.reading_levels
    if levels is None:
        yield Line("text", "It was not measured.")
        return
    yield Line("text", f"{levels.how} Measured on {levels.measured_on.isoformat()}.")
    for part in levels.part:
        yield Line(
            "list",
            f"{part.title}: {part.fkgl:g} and {part.smog:g}; as printed {part.fkgl_as_printed:g} and "
            f"{part.smog_as_printed:g}",
        )


def _makers(pack: Pack) -> Iterator[Line]:
    info = pack.info
    yield Line("heading", "Who made it, who paid, how it is kept up to date")
    yield Line("text", info.authors)
    yield Line("text", info.funding)
    yield Line("text", f"Published {info.published.isoformat()}. {info.update_policy}")


def _rows(pack: Pack, tests: bool) -> Iterator[Line]:
    rows = rated_rows(pack)
    for level, heading in LEVEL_WORDS.items():
        yield Line("heading", heading)
        here = [row for row in rows if row.criterion.level == level]
        for dimension in dict.fromkeys(row.criterion.dimension for row in here):
            yield Line("group", DIMENSION_WORDS[dimension])
            for row in here:
                one = row.criterion
                if one.dimension != dimension:
                    continue
                yield Line("row", f"{one.text} ({one.id})", row.status)
                yield Line("note", one.why)
                for reason in row.readers:
                    yield Line("note", reason)
                if one.evaluation_ref:
                    yield Line("note", f"Study or review: {one.evaluation_ref}")
                seen = [words for evidence in one.evidence if (words := evidence_words(pack, evidence, tests))]
                if seen:
                    yield Line("note", f"See: {'; '.join(seen)}")


def evidence_words(pack: Pack, evidence: str, tests: bool = True) -> str:
    """A piece of evidence in words; "" for a test where those are left out."""
    kind, _, name = evidence.partition(": ")
    match kind:
        case "screen":
            return SCREEN_WORDS.get(name, name)
        case "page":
            module, _, page = name.partition("/")
            head = pack.module(module)
            return f"{head.title}, page {head.pages.index(page) + 1}"
        case "command":
            return f"the command ketalearn {name}"
        case "test":
            return f"the test {name}" if tests else ""
        case _:
            return f"the file {name}"
