"""What plain mode tells: places of the journey as lines of text, with no boxes and no colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ketalearn.content.models import NumberItem, OneOf
from ketalearn.decision.cites import Cites, source_words, terms_of
from ketalearn.decision.options import ONLY_YOU, compared, fits
from ketalearn.decision.visit import CLOSING
from ketalearn.journey import Journey, Place
from ketalearn.learning.feedback import ended, known, page_says, said_of_number, so_and_why, verdict, what_is_so
from ketalearn.learning.grading import explained
from ketalearn.learning.lesson import CITATION, Lesson
from ketalearn.learning.session import ItemView, ResultRow, ResultsView
from ketalearn.render.wording import STALE, kind_words, sure_words

if TYPE_CHECKING:
    from ketalearn.content.models import AskedField
    from ketalearn.decision.visit import Visit
    from ketalearn.learning.records import Answer

HELP = """Help
Give the number of an option. Where several may be chosen, give them with a space between: 1 3.
Enter takes what the last line offers. These words work anywhere:
back: one step back. skip: go on without an answer. crisis or !: crisis help.
undo: take back the last change of your answers.
sources: where the words you just read come from. words: new words explained.
sheet: read your question sheet. save PATH: save it, such as save questions.pdf.
home: go home. quit: leave; all you answered is saved."""

OPENINGS = {
    "words": "Some of your words made us want to show this first. If it does not fit, press enter.",
    "safety": "Thank you for saying so. Please talk with someone now. All else here can wait, and will be kept.",
    "emergency": "Get help first. Call now. All else here can wait.",
    "start": "Not long ago you said that things were very hard. So we show this first.",
}


def welcome(journey: Journey) -> str:
    head = journey.workspace.heads
    return "\n".join(
        (
            "Hello. This is ketalearn.",
            *([head.main_message] if head.main_message else []),
            head.decision,
            f"It will not tell you yes or no. Nothing you answer leaves this computer unless you send it yourself. "
            f"{head.review_status}",
            "Need help now? Type crisis at any time.",
        )
    )


def lesson(journey: Journey, place: Place, page: Lesson) -> str:
    """A page as text: its icon array becomes the same numbers in words."""
    head = journey.head(place.module)
    lines = [f"{head.title}, page {head.pages.index(place.page) + 1} of {len(head.pages)}.",
             *important(journey.past_date(place)), page.title, ""]  # fmt: skip
    for block in page.blocks:
        for at, line in enumerate(block.lines):
            lines.append(block.mark(at, "- ") + "".join(span.text for span in line))
        lines.append("")
    if page.array is not None:
        for arm in page.array.arms:
            lines.append(f"{arm.count:g} of {arm.of} {arm.label}.")
        lines.append(page.array.caption)
        if page.array.no_comparison:
            lines.append(page.array.no_comparison)
        about = f"{page.array.population}, {page.array.timeframe}."
        lines += [f"{about[:1].upper()}{about[1:]} How sure are we? {page.array.certainty}", ""]
    lines += [f"Take care: {caution}" for caution in page.cautions]
    return "\n".join(lines).rstrip()


def important(words: str) -> list[str]:
    """A banner as a line of its own; no line when there is nothing to say."""
    return [f"Important: {words}"] if words else []


def sources(journey: Journey, cites: Cites) -> str:
    """Each source in full, with kind, year and how sure."""
    told = []
    for number, name in enumerate(cites.sources, start=1):
        found = source_words(journey.workspace.pack, name, cites.facts)
        told.append(" ".join(filter(None, (f"[{number}]", found.citation, kind_words(found), sure_words(found)))))
    return "\n".join(told) or "No sources here."


def terms(journey: Journey, cites: Cites) -> str:
    """The words of the glossary that stand here, each explained."""
    told = [f"{term.term}: {term.plain}" for term in terms_of(journey.workspace.pack, cites)]
    return "\n".join(told) or "No new words on this page."


def feedback(journey: Journey, view: ItemView, row: ResultRow) -> str:
    """The verdict in words, what there is to say about each part, and the source."""
    answer, item = view.answer, view.item
    assert answer is not None
    lines = important(journey.past_date(Place("feedback", module=view.module, item=item.id)))
    lines += _one_of(item, answer) if isinstance(item, OneOf) else _parts(journey, view)
    known = journey.workspace.pack.sources
    lines.append(f"Source: {'; '.join(known[name].short for name in item.sources)}.")
    if view.once_more:
        title, text = page_says(journey.workspace.pack, view.module, item)
        lines.append(f"You were very sure, so here is more. The page '{title}' says: {text}")
        lines.append("We ask this once more at the end.")
    if not answer.correct:
        lines += added(row)
    return "\n".join(lines)


def _one_of(item: OneOf, answer: Answer) -> list[str]:
    lines = []
    if answer.unsure:
        lines.append("You were not sure, and that is worth knowing.")
    else:
        chosen = item.option[answer.chosen[0]]
        lines.append(f"Your answer: {chosen.text}. {'Yes.' if answer.correct else 'Not quite.'}")
        if not answer.correct:
            lines.append(chosen.feedback)
    if answer.correct:
        return [*lines, explained(item)]
    so, why = so_and_why(item)
    return [*lines, f"The answer: {so}", why] if so else [*lines, f"The answer: {why}"]


def _parts(journey: Journey, view: ItemView) -> list[str]:
    answer, item = view.answer, view.item
    assert answer is not None
    lines = [verdict(item, answer)]
    for line in journey.quiz.lines(view):
        if isinstance(item, NumberItem):
            lines.append(f"{said_of_number(item, line, 'Your answer:')} {line.told}".lstrip())
            continue
        words = f"{line.words[:1].upper()}{line.words[1:]}: " if line.words else ""
        so = f" The answer: {ended(line.so)}" if line.so else ""
        chose = f" Your pick: {ended(line.said)}" if line.said else ""
        lines.append(f"{words}{ended(line.heading)}{so}{chose} {line.told}".rstrip())
    if item.type == "teachback":
        lines.append(f"One way to say it: {item.example}")
    return lines


def added(row: ResultRow) -> list[str]:
    if row.set_aside:
        return ["Not added to My questions, as you chose."]
    if not row.added:
        return [f"Nothing to ask here: read page {row.page_number} again."]
    return ["Added to My questions:", *(f"+ {question.text}" for question in row.added)]


def results(view: ResultsView) -> str:
    to_ask = sum(row.missed for row in view.rows)
    lines = [f"Results: {view.title}. {len(view.rows)} answered; {to_ask} to ask about."]
    if view.left:
        lines.append(f"Not answered yet: {view.left}.")
    for row in view.rows:
        if row.missed:
            word = (
                "Not sure" if row.answer.unsure else "To look at again" if row.item.type == "teachback" else "Not quite"
            )
            lines.append(f"{word}: {row.item.stem}")
            so = "One way to say it" if row.item.type == "teachback" else "The answer"
            lines.append(f"  {so}: {what_is_so(row.item)}")
            if row.later is not None and row.later.correct:
                lines.append("  Right when asked once more.")
            lines += [f"  {line}" for line in added(row)]
    lines += [f"Right: {known(row.item)}" for row in view.rows if not row.missed]
    if view.next_due:
        lines.append(f"The next question comes back on {view.next_due.isoformat()}.")
    return "\n".join(lines)


def choice(journey: Journey, option_id: str) -> str:
    pack = journey.workspace.pack
    option = next(one for one in pack.options if one.id == option_id)

    def plain(text: str) -> str:
        return CITATION.sub("", text).replace(" .", ".")

    named = "; ".join(pack.sources[name].short for name in option.sources)
    return "\n".join(
        (
            option.name,
            *important(journey.past_date(Place("choice"), (option_id,))),
            f"What it is: {plain(option.what)}",
            f"A good point: {plain(option.good)}",
            f"A bad point: {plain(option.bad)}",
            f"How sure are we? {plain(option.sure)}",
            f"Sources: {named}.",
        )
    )


def side_by_side(journey: Journey, ids: Sequence[str]) -> str:
    """The chosen options row by row; all of them without `ids`."""
    pack = journey.workspace.pack
    shown = ids or [option.id for option in pack.options]
    lines = ["Side by side, row by row. No choice here is best for everyone.",
             *important(journey.past_date(Place("compare"), shown))]  # fmt: skip
    for row in compared(pack, ids):
        lines += ["", row.heading]
        for cell in row.cells:
            named = "; ".join(pack.sources[name].short for name in cell.sources)
            lines.append(f"- {cell.option.name}: {cell.text} (Source: {named}.)")
        if row.key:
            # the pictures of the other faces, in words: the same counts, both arms
            lines += ["", "The same as numbers out of 100, each with its comparison:"]
            lines += [f"- {cell.option.name}: {' '.join(one.words for one in cell.pictures)}"
                      for cell in row.cells if cell.pictures]  # fmt: skip
    return "\n".join(lines)


def fit_words(journey: Journey) -> str:
    """Each value of the person, and all options in their order."""
    pack = journey.workspace.pack
    profile = journey.profile()
    views = fits(pack, profile)
    options = [option.id for option in pack.options] if views else []
    lines = ["How do the choices go with what matters to me? No score and no winner.",
             *important(journey.past_date(Place("fit"), options))]  # fmt: skip
    if not views and not profile.own_value:
        lines.append("You have not chosen what matters most to you.")
    for view in views:
        lines += ["", view.label]
        for one in view.fits:
            named = "; ".join(pack.sources[name].short for name in one.sources)
            lines.append(f"- {one.option.name}: {one.fit}. {one.why}" + (f" (Source: {named}.)" if named else ""))
    if profile.own_value:
        lines += ["", f"In my own words: {profile.own_value}", ONLY_YOU]
    return "\n".join(lines)


def field(asked: AskedField, order: Iterable[str], chosen: Sequence[str], *, under: str = "") -> str:
    """A field with its values numbered in `order`, under its groups; without its name where `under` has said it."""
    values = {value.id: value for value in asked.value}
    heading_before = {group.values[0]: group.title for group in asked.group}
    lines = [] if asked.label == under else [asked.label]
    if asked.help:
        lines.append(asked.help)
    for number, name in enumerate(order, start=1):
        if name in heading_before:
            lines.append(f"{heading_before[name]}:")
        value = values[name]
        more = f" ({value.help})" if value.help else ""
        lines.append(f"{number}. {'[x]' if name in chosen else '[ ]'} {value.label}{more}")
    return "\n".join(lines)


def medicines(journey: Journey) -> str:
    """What each typed name is, for the person to check."""
    names = journey.workspace.vocabulary.medicine_names
    told = []
    for name in journey.profile().medicine_names:
        known = names.exact(name)
        told.append(f"{name}: {known.kind_words}. Right?" if known else f"{name}: kept as typed, kind not known.")
    return "\n".join([*told, "Type undo to take it back."] if told else told)


def overview(journey: Journey) -> str:
    profile = journey.profile()
    vocabulary = journey.workspace.vocabulary
    lines = ["What you said. Only on this computer."]
    for screen in journey.workspace.pack.interview.screen:
        for name in screen.fields:
            asked = vocabulary.fields[name]
            labels = [vocabulary.values[name][value].label for value in profile.chosen(name)]
            lines.append(f"{asked.label}: {'; '.join(labels) or 'not said'}")
    if profile.medicine_names:
        lines.append(f"Medicines typed: {', '.join(profile.medicine_names)}")
    return "\n".join(lines)


def questions(journey: Journey) -> str:
    sheet = journey.sheet()
    lines = [f"My questions: {sheet.paper_count} on paper, {len(sheet.more)} more kept here."]
    lines += [f"Important: {notice.text}" for notice in sheet.notices]
    lines += important(STALE if sheet.content.stale else "")
    if sheet.tell:
        lines.append(f"Tell your clinician: {' '.join(sheet.tell)}")
    lines.append("The first three:")
    lines += [f"- {question.text}" for question in sheet.front[:3]]
    lines += [f"- {text}" for text in sheet.own_front]
    return "\n".join(lines)


def sheet_text(journey: Journey) -> str:
    from ketalearn.render.text import to_text

    return to_text(journey.sheet())


def crisis(journey: Journey, place: Place, region: str = "") -> str:
    found = journey.crisis(region=region)
    lines = [OPENINGS.get(place.why, "You are not alone. People are there to talk with you.")]
    if found.label:
        lines.append(found.label)
    for entry in found.entries:
        if entry.emergency:
            lines.append(entry.reach)
            continue
        more = " ".join(part for part in (entry.for_whom, entry.hours and f"{entry.hours}.", entry.mark) if part)
        lines.append(f"{entry.name}. {entry.reach}. {more}".replace("..", "."))
    lines += found.notes
    lines += [found.unchecked] if found.unchecked else []
    return "\n".join(lines)


def visit_notes(visit: Visit) -> str:
    """Each question of the visit with its number there, its tick in words, and its note."""
    lines = [f"My visit of {visit.day}. {visit.counts}."]
    for number, name in enumerate(visit.names, start=1):
        question = visit.question(name)
        said = f"{'Asked' if question.asked else 'Not asked'}: {question.text}" if question else CLOSING[name][0]
        lines.append(f"Question {number}. {said}")
        if note := visit.note(name):
            lines.append(f"  My note: {note}")
    return "\n".join(lines)
