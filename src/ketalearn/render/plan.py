"""A plan for worse days and a diary, to fill in by hand. The same for everyone but the crisis lines."""

from __future__ import annotations

import datetime as dt
import textwrap
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.errors import KetalearnError
from ketalearn.render.markdown import escaped
from ketalearn.render.wording import crisis_words

if TYPE_CHECKING:
    from ketalearn.content.models import PlanForm
    from ketalearn.content.pack import Pack
    from ketalearn.decision.safety import Crisis

NAME = "Name"
NUMBER = "Number"
LINE = "_" * 40
NAMED_LINE = f"{NAME}: {'_' * 30} {NUMBER}: {'_' * 20}"


class PlanPage(NamedTuple):
    """The form, the crisis lines of the region, and where the steps come from."""

    form: PlanForm
    crisis: tuple[str, ...]
    sources: str


def plan_page(pack: Pack, crisis: Crisis, today: dt.date) -> PlanPage:
    """The form of the pack. Nothing of the person goes in but the region's crisis lines. Raises when there is none."""
    form = pack.plan
    if form is None:
        raise KetalearnError("this content has no plan to fill in (modules/plan.toml)")
    names = dict.fromkeys(name for _, sources in form.cites() for name in sources)
    past = f" This form was to be checked again by {form.review_by}." if today > form.review_by else ""
    words = "; ".join(pack.sources[name].short for name in names)
    return PlanPage(form, tuple(crisis_words(crisis)), f"Sources: {words}.{past}")


def to_text(page: PlanPage, width: int = 78) -> str:
    """Steps with lines to write on; the diary as one line a day."""
    form = page.form
    out = ["", form.title.upper(), "", *textwrap.wrap(form.words, width)]
    for number, step in enumerate(form.step, 1):
        out += ["", *textwrap.wrap(f"{number}. {step.text}", width)]
        for line in page.crisis if step.crisis else ():
            out += textwrap.wrap(line, width, initial_indent="- ", subsequent_indent="  ")
        out += [NAMED_LINE if step.names else LINE] * step.lines
    out += ["", form.diary_title.upper(), "", *textwrap.wrap(form.diary_words, width), ""]
    out += [" | ".join(form.diary_columns)]
    out += [" | ".join("_" * len(name) for name in form.diary_columns)] * form.diary_days
    return "\n".join([*out, "", *textwrap.wrap(page.sources, width)]) + "\n"


def to_markdown(page: PlanPage) -> str:
    """Steps with lines to write on, and the diary as a table."""
    form = page.form
    out = ["", f"## {form.title}", "", form.words]
    for number, step in enumerate(form.step, 1):
        out += ["", f"{number}\\. **{escaped(step.text)}**", ""]
        out += [f"- {escaped(line)}" for line in (page.crisis if step.crisis else ())]
        out += [f"- {escaped(NAMED_LINE if step.names else LINE)}"] * step.lines
    count = len(form.diary_columns)
    out += ["", f"## {form.diary_title}", "", form.diary_words, "", "| " + " | ".join(form.diary_columns) + " |"]
    out += ["|" + " --- |" * count, *(["|" + "  |" * count] * form.diary_days), "", escaped(page.sources)]
    return "\n".join(out) + "\n"


def to_html(page: PlanPage) -> str:
    """A section with ruled lines, and a table whose header says what each column holds."""
    form = page.form
    out = ["<section class='page plan'>", f"<h2>{escape(form.title)}</h2>", f"<p>{escape(form.words)}</p>", "<ol>"]
    for step in form.step:
        lines = "".join(f"<p>{escape(line)}</p>" for line in (page.crisis if step.crisis else ()))
        room = f"<div class='write'>{f'{NAME}, {NUMBER.lower()}:' if step.names else ''}</div>" * step.lines
        out.append(f"<li><strong>{escape(step.text)}</strong>{lines}{room}</li>")
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in form.diary_columns)
    empty = "<tr>" + "<td>&nbsp;</td>" * len(form.diary_columns) + "</tr>"
    out += ["</ol>", f"<h2>{escape(form.diary_title)}</h2>", f"<p>{escape(form.diary_words)}</p>"]
    out += [f"<table><thead><tr>{heads}</tr></thead><tbody>{empty * form.diary_days}</tbody></table>"]
    return "\n".join([*out, f"<p class='sources'>{escape(page.sources)}</p>", "</section>"]) + "\n"


def data(page: PlanPage) -> dict[str, Any]:
    """The form as plain strings and lists, for the template."""
    form = page.form
    return {
        "title": form.title,
        "words": form.words,
        "name": NAME,
        "number": NUMBER,
        "steps": [
            {
                "text": step.text,
                "lines": step.lines,
                "names": step.names,
                "crisis": list(page.crisis) if step.crisis else [],
            }
            for step in form.step
        ],
        "diary_title": form.diary_title,
        "diary_words": form.diary_words,
        "days": form.diary_days,
        "columns": list(form.diary_columns),
        "sources": page.sources,
    }
