"""Papers between a clinic and a person: handout and visit brief, each on one page, and a return. All PDF/UA-1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.clinic.assignment import ENDORSEMENT, NOT_WHOLE, Assignment
from ketalearn.render.formats import paper_for
from ketalearn.render.typeset import typeset

if TYPE_CHECKING:
    import segno

    from ketalearn.clinic.completion import Part
    from ketalearn.clinic.roster import CodeView
    from ketalearn.journey import Journey
    from ketalearn.workspace import Workspace

ROOM = ((None, None, (11, 10, 9)), (12, 220, (10, 9)), (6, 110, (11, 10, 9, 8)))
"""For the brief: the most lines of a part, the most letters of a line, and the sizes of type to try with these.
All of it stands there when there is room; what is cut says how much."""
SPACE = (
    (None, 2, (11, 10), False), (None, 1, (11, 10), False), (None, 1, (10,), True), (None, 2, (9,), False),
    (None, 1, (9,), False), (None, 0, (9, 8), True), (5, 0, (8,), True), (2, 0, (8,), True),
)  # fmt: skip
"""For the handout: how many of the clinic's questions (None is all), lines to write on under each, sizes to try, and
whether its parts stand close. Type that is easy to read comes before a second line to write on, and before air."""
BY_HAND = "Name (by hand):"
CODE_HEADING = "For the clinic to scan"
CODE_HOLDS = (
    "The QR code holds the lines of this page and nothing else, locked so that only the clinic can read it. "
    "Clinic: scan it, then paste its text under Add returns, or into: ketalearn roster add -"
)
CODES_HOLD = (
    "This is too much for one QR code, so there are {count}. Together they hold the lines of these pages and nothing "
    "else, locked so that only the clinic can read them. Clinic: open Add returns, scan all {count}, one after the "
    "other, in any order. Or put their texts into: ketalearn roster add -"
)
NO_CODE = (
    "There is no QR code: this is too much for six codes. The clinic can read the lines here. "
    "To add them to its list it needs the file, or a page with less ticked."
)
MOST_CODES = 6
"""What a clinic scans one after the other, and what NO_CODE says."""
CODE_LETTERS = 1270
"""What a numbered code holds at error level M in 141 modules, quiet zone included: 85 mm, so two stand side by side."""
CODE_ALT = "A QR code. It holds the lines of this page, locked so that only the clinic can read them."
PART_ALT = "QR code {at} of {of}. All of them together hold the lines of this page, locked for the clinic."
PAPER_SIZES = (11, 10, 9)
"""A return may take more pages than one, but never smaller type."""
ONE_PAGE = b"/Type/Pages/Count 1/"
AS_I_SAY = {
    "Which modules you read": "Which modules I read",
    "What you understood so far, by your quiz answers": "What I understood so far, by my quiz answers",
    "To talk about": "What I want to talk about",
    "Your own question": "My own questions",
    "Your first answer to each quiz question": "My first answer to each quiz question",
    "A medicine, as you typed it": "A medicine, as I typed it",
    "In your own words": "In my own words",
    "What matters, in your own words": "What matters, in my own words",
    "Something in your own words": "Something in my own words",
}
"""Headings on a page that a person hands over, for those on their screen."""
PAST = "Past its date: some of what these lessons say was due for a new check by {day}. Ask if it still holds."
WRITE = "_"
"""At the end of a line of the handout: below it is room to write."""


def handout(one: Assignment, workspace: Workspace, file_name: str, *, region: str = "") -> bytes:
    """The page that a person takes home with the file; crisis lines and paper are those of `region`."""
    region = region or workspace.region
    heads = {head.id: head for head in workspace.heads.modules}
    read = [f"{heads[name].title} (about {heads[name].minutes} minutes)" if name in heads else name
            for name in one.modules]  # fmt: skip
    phone = f"Our phone: {one.clinic.phone}" if one.clinic.phone else ""
    back = f"By {_day_words(one.due)}, if you can. Later is fine." if one.due else "There is no set day."
    blocks: list[dict[str, Any]] = [
        {
            "title": "What we ask",
            "intro": "Please read these short lessons about ketamine and esketamine treatment.",
            "lines": read,
            "after": "" if one.whole_picture else NOT_WHOLE,
        },
        {
            "title": "How to begin",
            "lines": [
                "The lessons are in a free program for a computer (not a phone). Its name is ketalearn. "
                f"You can get it here, or ask us to set it up:{WRITE}",
                f"Save the file that we give you: {file_name}",
                "Start ketalearn. On the list of lessons press f (From my clinic), then 1. Choose the file, or type "
                f"where it is. Or type in a terminal: ketalearn open {file_name}",
                "It shows six words. Say yes if they are the six words below. If they are not, phone us.",
                "No computer, or too tired? Tell us.",
            ],
        },
        {
            "title": "The six words",
            "intro": "These words prove that the file is from us. Nothing to remember.",
            "words": " ".join(one.words),
            "lines": [],
        },
        {
            "title": "When you are done",
            "lines": [
                f"Open From my clinic again, and choose what to send back. Then mail it, bring it, or print it. {back}",
            ],
        },
        {
            "title": "What is sent to us, and what is not",
            "lines": [
                "The program sends nothing. You make a file, and you choose if we get it.",
                "Ticked at first: which lessons you read, and what you understood. You can untick them. "
                "Nothing else goes in unless you tick it. You see every line first.",
                f"In the file we know you only by this code: {one.patient_code}",
            ],
        },
    ]
    asked: dict[str, Any] = {
        "title": "Our questions to you",
        "intro": "You can write here, and bring this page.",
        "lines": [],
    }
    if one.note:
        blocks.append({"title": f"A note from {one.clinic.name}", "lines": [one.note]})
    questions = [question.text for question in one.questions]
    data = {
        "title": f"From {one.clinic.name}: about ketamine and esketamine treatment",
        "by_hand": BY_HAND,
        "lead": f"{ENDORSEMENT} {phone}".strip(),
        "past": _past(workspace, one.modules),
        "crisis": _crisis(workspace, region),
    }

    def pages() -> Iterator[dict[str, Any]]:
        for most, space, sizes, close in SPACE:
            some = questions[:most]
            rest = [f"And {left} more: see From my clinic."] if (left := len(questions) - len(some)) else []
            shown = [*blocks, {**asked, "asked": some + rest, "space": space}] if questions else blocks
            yield from ({**data, "blocks": shown, "size": size, "close": close} for size in sizes)

    return _page(pages(), workspace, region)


def _day_words(day: str) -> str:
    """A day as words, which no country reads the other way round."""
    when = dt.date.fromisoformat(day)
    return f"{when.day} {when:%B} {when.year}"


def brief(view: CodeView, workspace: Workspace, *, region: str = "") -> bytes:
    """The page for the visit; long parts are cut and say how much is left out."""
    from ketalearn.clinic.making import brief_parts

    parts = brief_parts(view, workspace)
    data = {
        "title": f"Visit brief for {view.code}",
        "by_hand": BY_HAND,
        "lead": "What this person chose to send. It helps a talk; it does not grade anyone.",
        "past": _past(workspace, view.modules),
        "crisis": [],
    }

    def pages() -> Iterator[dict[str, Any]]:
        for lines, letters, sizes in ROOM:
            blocks = [{"title": title, "lines": _cut(told, lines, letters, view.code)} for title, told in parts]
            yield from ({**data, "blocks": blocks, "size": size} for size in sizes)

    return _page(pages(), workspace, region or workspace.region)


def _cut(told: Sequence[str], lines: int | None, letters: int | None, code: str) -> list[str]:
    """At most so many lines of so many letters; None is no limit."""
    shown = [line if letters is None or len(line) <= letters else f"{line[:letters]} ..." for line in told[:lines]]
    left = len(told) - len(shown)
    return [*shown, f"and {left} more: ketalearn roster show {code}"] if left else shown


class Paper(NamedTuple):
    """A return on paper; `told` says what its QR code holds, or why there is none."""

    pdf: bytes
    told: str


def paper(one: Assignment, parts: Sequence[Part], ticked: Collection[str], content: bytes, journey: Journey) -> Paper:
    """The ticked parts in words, and as a QR code, or a few numbered ones, where they fit.

    The code holds the return file itself in age's form of letters, so that the clinic takes it in as any other return,
    and a phone, a scanner's cloud or someone who finds the page reads nothing in it. The lines above it are plain: a
    page is for reading. Whether the code holds exactly those lines can be seen by anyone with the clinic's key.
    """
    from ketalearn.clinic.completion import by_title, sealed
    from ketalearn.render.wording import crisis_words

    crisis = journey.crisis()
    day = journey.workspace.today.isoformat()
    chosen = by_title(part for part in parts if part.key in ticked)
    blocks: list[dict[str, Any]] = [{"title": _as_i_say(title), "lines": lines} for title, lines in chosen]
    codes = _codes(sealed(content, one.clinic.age_key, as_text=True).decode())
    told = CODE_HOLDS if len(codes) == 1 else CODES_HOLD.format(count=len(codes)) if codes else NO_CODE
    last: dict[str, Any] = {"title": CODE_HEADING, "lines": [told], "codes": codes}
    data: dict[str, Any] = {
        "title": f"For {one.clinic.name}: what I chose to send",
        "lead": f"My code: {one.patient_code}. Nothing else is sent. Anyone who has this page can read its lines.",
        "past": _past(journey.workspace, one.modules),
        "blocks": [*(blocks or [{"title": "Nothing", "lines": ["I ticked nothing."]}]), last],
        "crisis": [],
        "footer": f"{_foot(journey.workspace)} {' '.join(crisis_words(crisis))}",
    }
    pdf = b""
    for size in PAPER_SIZES:
        shown = {**data, "size": size, "notes": []}
        pdf = typeset("clinic.typ", shown, paper=paper_for(crisis.region), large_print=False, day=day)
        if ONE_PAGE in pdf:
            break
    return Paper(pdf, told)


def _as_i_say(title: str) -> str:
    return AS_I_SAY.get(title, title.replace("About you:", "About me:"))


def _codes(text: str) -> list[dict[str, Any]]:
    """The QR codes of `text` for the template: one, with 15 in 100 to spare for dirt, else 7; or numbered ones, with
    15; or none, when it would take more than MOST_CODES."""
    import segno

    from ketalearn.clinic.pasted import in_parts
    from ketalearn.render import qr

    for error in ("m", "l"):
        try:
            return [_drawn(qr.code(text, error), CODE_ALT, "")]
        except segno.DataOverflowError:
            continue
    parts = in_parts(text, CODE_LETTERS)
    if len(parts) > MOST_CODES:
        return []
    return [
        _drawn(qr.code(part), PART_ALT.format(at=at, of=len(parts)), f"Code {at} of {len(parts)}")
        for at, part in enumerate(parts, start=1)
    ]


def _drawn(made: segno.QRCode, alt: str, label: str) -> dict[str, Any]:
    from ketalearn.render import qr

    return {"svg": qr.svg(made), "side": qr.side(made), "alt": alt, "label": label}


def _crisis(workspace: Workspace, region: str) -> list[str]:
    from ketalearn.decision.safety import crisis_for

    return list(crisis_for(workspace.pack, region).lines)


def _past(workspace: Workspace, modules: Iterable[str]) -> str:
    """A line for the top of the paper when a fact of these lessons is past its date (IPDASi v4.0), else ""."""
    from ketalearn.learning.past_date import due, facts_of_page

    pack, here = workspace.pack, {head.id: head for head in workspace.heads.modules if head.readable}
    facts = [
        fact
        for name in modules
        if name in here
        for page in here[name].pages
        for fact in facts_of_page(pack, name, page)
    ]
    date = due(pack, facts)
    return PAST.format(day=_day_words(date.isoformat())) if date is not None and workspace.today > date else ""


def _foot(workspace: Workspace) -> str:
    return f"{workspace.today}. About the lessons of ketalearn: {workspace.pack.info.review_status}"


def _page(tries: Iterable[dict[str, Any]], workspace: Workspace, region: str) -> bytes:
    """The first of `tries` with which all stands on one page."""
    day = workspace.today.isoformat()
    pdf = b""
    for data in tries:
        shown = {**data, "notes": [], "footer": _foot(workspace)}
        pdf = typeset("clinic.typ", shown, paper=paper_for(region), large_print=False, day=day)
        if ONE_PAGE in pdf:
            break
    return pdf
