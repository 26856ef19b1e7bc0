"""A lesson page as plain blocks that any face can draw: paragraphs and lists of spans, and one icon array at most.

Markdown is parsed once a page. `{{fact-id}}` becomes the fact's statement with its sources, `[@source-id]` a number in
the page's own source list, `[[term-id|words]]` a glossary term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ketalearn.content.models import Arm, EvidenceFact, Page
from ketalearn.content.pack import Pack

CERTAINTY_WORDS = {
    "high": "High. New studies are not likely to change this much.",
    "moderate": "Moderate. New studies may change this.",
    "low": "Low. New studies are likely to change this.",
    "very-low": "Very low. This is a first guess.",
    "expert-consensus": "Experts agree on this; few studies tested it.",
}
NO_COMPARISON = "There was no comparison group."

FACT = re.compile(r"\{\{\s*([a-z0-9-]+)\s*\}\}")
CITATION = re.compile(r"\[(@[a-z0-9-]+(?:\s*;\s*@[a-z0-9-]+)*)\]")
TERM = re.compile(r"\[\[([a-z0-9-]+)\|([^\]|]+)\]\]")
_MARKS = re.compile(f"{CITATION.pattern}|{TERM.pattern}")


@dataclass(frozen=True)
class Span:
    """A run of text with one look. `cites` holds source numbers, `term` the id of a glossary entry."""

    text: str
    bold: bool = False
    italic: bool = False
    cites: tuple[int, ...] = ()
    term: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph (one line of spans), or a list or steps (one line an entry); steps count on from `first`."""

    kind: Literal["paragraph", "list", "steps"]
    lines: tuple[tuple[Span, ...], ...]
    first: int = 1

    def mark(self, at: int, dot: str) -> str:
        """What entry `at` (from 0) begins with: its number in steps, `dot` in a list, nothing in a paragraph."""
        return {"list": dot, "steps": f"{self.first + at}. "}.get(self.kind, "")


@dataclass(frozen=True)
class IconArm:
    count: float
    of: int
    label: str


@dataclass(frozen=True)
class IconArray:
    """A number as a picture, with all that a reader needs to judge it, in words as well."""

    arms: tuple[IconArm, ...]
    caption: str
    population: str
    timeframe: str
    certainty: str
    no_comparison: str = ""


@dataclass(frozen=True)
class Lesson:
    """One page, ready to draw. `sources` are in the order of their numbers, `terms` in the order of use."""

    module: str
    id: str
    title: str
    revision: int
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]
    terms: tuple[str, ...]
    array: IconArray | None
    cautions: tuple[str, ...] = ()


def cited(text: str) -> list[str]:
    """Every source id cited in a Markdown text, in order, repeats included."""
    return [part.strip().removeprefix("@") for match in CITATION.finditer(text) for part in match[1].split(";")]


def with_facts(body: str, facts: dict[str, EvidenceFact]) -> str:
    """The Markdown with each `{{fact}}` put in its place as words and sources."""

    def words(match: re.Match[str]) -> str:
        fact = facts[match[1]]
        return f"{fact.statement} [{'; '.join(f'@{source}' for source in fact.sources)}]"

    return FACT.sub(words, body)


def plain_words(body: str, facts: dict[str, EvidenceFact]) -> str:
    """The text of a page as read aloud: facts in place, no citations, no marks."""
    text = CITATION.sub("", with_facts(body, facts))
    text = TERM.sub(lambda match: match[2], text)
    return re.sub(r"\*+", "", text)


def lesson_of(pack: Pack, module: str, page: Page) -> Lesson:
    """Parse a page into blocks."""
    facts = pack.facts
    body = with_facts(page.body, facts)
    sources = tuple(dict.fromkeys(cited(body)))
    number = {source: place for place, source in enumerate(sources, start=1)}
    blocks = tuple(_blocks(MarkdownIt("commonmark", {"html": False}).parse(body), number))
    terms = tuple(dict.fromkeys(match[1] for match in TERM.finditer(body)))
    used = [facts[name] for name in page.front.facts if name in facts]
    cautions = tuple(fact.caution for fact in used if fact.verified == "partly" and fact.caution)
    return Lesson(
        module=module,
        id=page.front.id,
        title=page.front.title,
        revision=page.front.revision,
        blocks=blocks,
        sources=sources,
        terms=terms,
        array=_array(facts[page.front.array], page.front.caption or "") if page.front.array else None,
        cautions=cautions,
    )


def _array(fact: EvidenceFact, caption: str) -> IconArray:
    arms = [IconArm(fact.count or 0, fact.of or 100, fact.arm or "")]
    if isinstance(fact.comparator, Arm):
        arms.append(IconArm(fact.comparator.count, fact.comparator.of, fact.comparator.arm))
    return IconArray(
        arms=tuple(arms),
        caption=caption,
        population=fact.population or "",
        timeframe=fact.timeframe or "",
        certainty=CERTAINTY_WORDS[fact.certainty],
        no_comparison="" if len(arms) == 2 else f"{NO_COMPARISON} {fact.why_none or ''}".strip(),
    )


def _blocks(tokens: list[Token], number: dict[str, int]) -> list[Block]:
    blocks: list[Block] = []
    entries: list[tuple[Span, ...]] | None = None
    first = 1
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            entries, first = [], int(token.attrGet("start") or 1)
        elif token.type in ("bullet_list_close", "ordered_list_close") and entries is not None:
            kind: Literal["list", "steps"] = "steps" if token.type == "ordered_list_close" else "list"
            blocks.append(Block(kind, tuple(entries), first))
            entries = None
        elif token.type == "inline":
            spans = tuple(_spans(token.children or [], number))
            if entries is not None:
                entries.append(spans)
            else:
                blocks.append(Block("paragraph", (spans,)))
    return blocks


def _spans(children: list[Token], number: dict[str, int]) -> list[Span]:
    spans: list[Span] = []
    bold = italic = 0
    for child in children:
        match child.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "softbreak" | "hardbreak":
                spans.append(Span(" "))
            case _:
                spans.extend(_marked(child.content, number, bold > 0, italic > 0))
    return spans


def _marked(text: str, number: dict[str, int], bold: bool, italic: bool) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for match in _MARKS.finditer(text):
        if match.start() > at:
            spans.append(Span(text[at : match.start()], bold, italic))
        if match[1]:
            cites = tuple(number[part.strip().removeprefix("@")] for part in match[1].split(";"))
            spans.append(Span(f"[{','.join(map(str, cites))}]", cites=cites))
        else:
            spans.append(Span(match[3], bold, italic, term=match[2]))
        at = match.end()
    if at < len(text):
        spans.append(Span(text[at:], bold, italic))
    return spans
