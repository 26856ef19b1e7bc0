"""The words of the sheet that every format shares. What is printed is decided in the sheet itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ketalearn.decision.sheet import NEEDS_NO_HEALTH, UNCHECKED_WORDS, ContentState, Question, Sheet

if TYPE_CHECKING:
    from ketalearn.content.models import SourceKind
    from ketalearn.decision.cites import SourceWords
    from ketalearn.decision.safety import Crisis

TITLE = "Questions to ask my doctor"
TITLE_THEIRS = "Questions to ask the doctor, for someone I help"
DOES_NOT_SAY = "This sheet does not say yes or no to treatment."
KEEP_MEDICINES = "Do not stop or change a medicine without talking with the person who prescribed it."
TELL_HEADING = "Tell your clinician"
TELL_THEIRS = "Tell the clinician"
TELL_READER = {"pharmacist": "Tell the pharmacist", "therapist": "Tell the therapist"}
"""Who is told, on a paper for one reader who is no clinician."""
FIRST_HEADING = "Ask these first"
THEN_HEADING = "Then ask"
WARNINGS_HEADING = "These come first, too"
MUSTS_HEADING = "Ask these, too"
BACK_HEADING = "If there is time"
OWN_HEADING = "My own questions"
EXTRA_HEADING = "My own questions, continued on this extra page"
RETOLD_HEADING = "In my own words, as I understood it (extra page)"
SAY_BACK = "Can I say back what I heard?"
NEXT_STEP = "My next step, and by when"
WHO_DECIDES = "Who decides: me, with my clinician. I can take time, and I can change my mind."
THEY_DECIDE = "Who decides: they do, with their clinician. They can take time, and they can change their mind."
MATTERS_HEADING = "What matters most to me"
MATTERS_THEIRS = "What matters most to them"
LEANING = "Where I lean now, in my own words"
LEANING_THEIRS = "Where we lean now, in my own words"
OTHER_LINES = "More lines"
SOURCES_HEADING = "Sources"
TALK_FIRST = "Talk about this first."
STARRED = "Starred by me."
STALE = "Some of this is past its review date. Ask if it still holds."

TODAY_TITLE = "My first questions for today"

TOP = 3
TELL_IN_BOX = 8
GROUP = 7
# a reader needs to see why a question is there, not all that could have put it there
REASONS = 3
MOST_SOURCES = {2: 2}
CRISIS_LEVELS = ("emergency_now", "crisis_first")

ASK_WORDS = {
    "prescriber": "the prescriber",
    "regular_doctor": "the regular doctor",
    "pharmacist": "a pharmacist",
    "clinic_staff": "clinic staff",
    "therapist": "a therapist",
    "billing": "those who deal with costs",
    "eye_doctor": "an eye doctor",
}

KIND_WORDS: dict[SourceKind, str] = {
    "label": "An official label or leaflet of a medicine",
    "drug-guide": "A drug guide by a publisher, drawn from labels",
    "company": "From the company that sells it",
    "guideline": "A treatment guideline",
    "consensus-statement": "A statement of a group of experts",
    "agency-safety-communication": "A safety notice from a medicines agency",
    "meta-analysis": "Many studies put together",
    "rct": "A trial with groups set by chance",
    "cohort": "A study that watched people over time",
    "review": "A review of other studies",
    "patient-resource": "A page written for patients",
    "news": "A news report",
    "expert-reasoning": "Clinical reasoning, with no study behind it",
}
"""What each kind of source is, in plain words."""


def kind_words(words: SourceWords) -> str:
    """What kind of source it is and its year, as far as it has one."""
    return f"{KIND_WORDS[words.kind]}." + (f" Year: {words.year}." if words.year else "")  # type: ignore[index]


def sure_words(words: SourceWords) -> str:
    """How sure we are of what rests on it here; "" where no fact of the page does."""
    return f"How sure are we of what rests on it here? {words.sure[:1].upper()}{words.sure[1:]}." if words.sure else ""


def clean(text: str) -> str:
    """Text without what PDF and XML forbid: controls, lone surrogates and noncharacters; line ends become spaces."""
    kept = []
    for char in text:
        code = ord(char)
        if char in "\n\r\t\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cs") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            continue
        else:
            kept.append(char)
    return "".join(kept)


def title(sheet: Sheet) -> str:
    """What this paper is: for whom, and whether it holds the first questions alone."""
    if sheet.ask is not None:
        return f"{'First questions' if sheet.only_top else 'Questions'} to ask {ASK_WORDS[sheet.ask]}"
    if sheet.only_top:
        return TODAY_TITLE
    return TITLE_THEIRS if sheet.for_someone_else else TITLE


def tell_heading(sheet: Sheet) -> str:
    return TELL_READER.get(sheet.ask or "", TELL_THEIRS if sheet.for_someone_else else TELL_HEADING)


def matters_heading(sheet: Sheet) -> str:
    return MATTERS_THEIRS if sheet.for_someone_else else MATTERS_HEADING


def scope(sheet: Sheet) -> str:
    """What was left out of this paper by its kind, or an empty string."""
    words = []
    if sheet.ask is not None:
        words.append(f"Only what {ASK_WORDS[sheet.ask]} can answer is here.")
    if sheet.ask == NEEDS_NO_HEALTH:
        words.append("They need no health details, so nothing from About me is here.")
    if sheet.only_top:
        words.append("Only the first questions are here; the rest are on the full sheet.")
    return " ".join(words)


def about(sheet: Sheet) -> str:
    """The line under the decision: date, scope of this paper, and what it does not do."""
    return " ".join(filter(None, (f"Date: {sheet.today}.", scope(sheet), DOES_NOT_SAY)))


def crisis_comes_first(sheet: Sheet) -> bool:
    return sheet.level in CRISIS_LEVELS


def crisis_main(sheet: Sheet) -> list[str]:
    """What stands large at the head of a sheet in a crisis: the emergency number and the main lines."""
    return [clean(line) for line in sheet.crisis.main]


def crisis_rest(sheet: Sheet) -> str:
    """All other lines of the region and its notes in one paragraph, small; empty where there are none."""
    others = "; ".join(line.rstrip(".") for line in sheet.crisis.others)
    return clean(" ".join([*([f"{OTHER_LINES}: {others}."] if others else []), *sheet.crisis.notes]))


def footer(sheet: Sheet) -> str:
    """The crisis line at the foot of every page."""
    return clean(" ".join(crisis_words(sheet.crisis)))


def crisis_words(crisis: Crisis) -> list[str]:
    """The emergency line and the first line to talk with someone."""
    lines = [entry.line for entry in crisis.entries if entry.emergency][:1]
    lines += [entry.line for entry in crisis.entries if not entry.emergency][:1]
    return [line if line.endswith(".") else f"{line}." for line in lines]


def reason(question: Question, dense: int = 0) -> str:
    """Why the question is there: what the person said, then the general reason.

    On dense paper one thing said stands for all (1), and it alone is the reason where there is one (2).
    """
    shown = 1 if dense else REASONS
    because = [f"{words.rstrip('.')}." for words in said_once(question.because[:shown])]
    return clean(" ".join([*because, *([] if dense > 1 and because else [question.why])]))


def said_once(because: Sequence[str]) -> list[str]:
    """What was said, one sentence for all that begin alike: "You said: high blood pressure; diabetes"."""
    told: dict[str, list[str]] = {}
    for words in because:
        opening, colon, rest = words.rstrip(".").partition(": ")
        told.setdefault(opening + colon, []).append(rest)
    return [opening + "; ".join(rests) for opening, rests in told.items()]


def who_decides(sheet: Sheet) -> str:
    """Whose decision it is, in words."""
    return THEY_DECIDE if sheet.for_someone_else else WHO_DECIDES


def leaning(sheet: Sheet) -> str:
    """Where the person leans, as they put it, with whose words these are; "" where they said nothing."""
    if not sheet.leaning:
        return ""
    opening = LEANING_THEIRS if sheet.for_someone_else else LEANING
    return clean(f"{opening}: {sheet.leaning.rstrip('.')}.")


def who(sheet: Sheet, question: Question) -> str:
    """Who can answer, in words; "" on a paper for one reader, whose title says it."""
    if sheet.ask is not None:
        return ""
    names = [ASK_WORDS[name] for name in question.ask]
    return f"Ask {' or '.join(names)}."


def below(sheet: Sheet, question: Question, dense: int = 0) -> str:
    """What stands under a question: why it is there, who can answer, and its sources."""
    return " ".join(filter(None, (reason(question, dense), who(sheet, question), source_words(sheet, question))))


def source_words(sheet: Sheet, question: Question) -> str:
    """The numbers of a question's sources (no spaces, so that no line ends inside them), or that only reasoning stands
    behind it."""
    if question.unchecked:
        return f"{UNCHECKED_WORDS}."
    return f"[{','.join(str(sheet.number_of(source)) for source in cited(sheet, question))}]"


def cited(sheet: Sheet, question: Question) -> tuple[str, ...]:
    """The sources that paper names for a question: all of them, but on dense paper (2) the first two, which must bear
    the reason of what everyone is asked; on denser paper (3) one, where only what the person said is the reason."""
    if sheet.dense > 1 and question.because:
        return question.sources[: MOST_SOURCES.get(sheet.dense, 1)]
    if sheet.dense > 1 and question.base_must:
        return question.sources[:2]
    return question.sources


def say_back_lines(sheet: Sheet) -> int:
    """Writing lines to say back what was heard."""
    return 1 if sheet.dense > 1 else 2


def marks(question: Question) -> str:
    words = []
    if question.pinned:
        words.append(TALK_FIRST)
    if question.starred:
        words.append(STARRED)
    return " ".join(words)


def back_groups(sheet: Sheet) -> list[tuple[str, list[tuple[int, Question]]]]:
    """The back in groups of at most seven, in rank order, with their numbers on the sheet.

    Warning questions that the front had no room for stand under their own heading, and a must never under one that
    makes it look optional. A heading carries its numbers, so that no two are alike.
    """
    numbered = list(enumerate(sheet.back, start=len(sheet.front) + 1))
    warnings = [row for row in numbered if row[1].pinned]
    others = [row for row in numbered if not row[1].pinned]
    groups = []
    for rows in (warnings, others):
        for at in range(0, len(rows), GROUP):
            part = rows[at : at + GROUP]
            numbers = f"{part[0][0]} to {part[-1][0]}" if len(part) > 1 else f"{part[0][0]}"
            groups.append((f"{_back_heading([one for _, one in part])} ({numbers})", part))
    return groups


def _back_heading(part: Sequence[Question]) -> str:
    if any(one.pinned for one in part):
        return WARNINGS_HEADING
    return MUSTS_HEADING if any(one.base_must or one.priority == "must" for one in part) else BACK_HEADING


def own_place(sheet: Sheet) -> int:
    """How many groups of the back stand before the person's own questions: only those that a warning question leads."""
    return sum(any(one.pinned for _, one in group) for _, group in back_groups(sheet))


def tell_box(sheet: Sheet) -> tuple[list[str], list[str]]:
    """(the lines of the box, the lines that stand on the back)."""
    lines = [clean(line) for line in sheet.tell]
    if len(lines) <= TELL_IN_BOX:
        return lines, []
    rest = lines[TELL_IN_BOX:]
    if sheet.only_top:
        return [*lines[:TELL_IN_BOX], f"and {len(rest)} more, on the full sheet"], []
    return [*lines[:TELL_IN_BOX], f"and {len(rest)} more, see over"], rest


def names_a_medicine(sheet: Sheet) -> bool:
    return any(" take " in line or line.startswith(("I take", "They take")) for line in sheet.tell)


def more_words(sheet: Sheet) -> str:
    """How many questions are not on this paper."""
    count = len(sheet.more)
    if not count:
        return ""
    if sheet.only_top:
        return f"{count} more question{'s are' if count > 1 else ' is'} on the full sheet or kept in the app."
    if count == 1:
        return "1 more question is kept in the app."
    return f"{count} more questions are kept in the app."


def status(sheet: Sheet) -> list[str]:
    """Content date, review status, review date, scope: what a reader must know about this paper."""
    return content_status(sheet.content)


def content_status(content: ContentState) -> list[str]:
    lines = [content.scope_note, f"Content dated {content.version}. {content.review_status}"]
    if content.reviewed_on:
        lines.append(f"Last reviewed on {content.reviewed_on}.")
    lines.append(f"To be checked again by {content.review_by}.")
    if content.stale:
        lines.append(STALE)
    return lines


def paper_sources(sheet: Sheet) -> list[tuple[int, str]]:
    """The source key of what is on paper."""
    used = {source for question in sheet.on_paper for source in cited(sheet, question)}
    return [(line.number, clean(line.text)) for line in sheet.source_key if line.id in used]


def numbered(questions: Sequence[Question], start: int = 1) -> Iterable[tuple[int, Question]]:
    return enumerate(questions, start=start)
