"""One sheet, five formats: the single door through which every face asks for a rendered sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from ketalearn.decision.blank import Blank
from ketalearn.decision.sheet import Sheet

if TYPE_CHECKING:
    from ketalearn.render.choices import ChoicesPage
    from ketalearn.render.plan import PlanPage

Format = Literal["text", "markdown", "html", "pdf", "json"]
Paper = Literal["letter", "a4"]

FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json",
}  # fmt: skip

# North America writes on letter; a page that no one chose fits both
LETTER_REGIONS = frozenset({"US", "CA", "", "other"})


def paper_for(region: str) -> Paper:
    """The paper a region uses."""
    return "letter" if region in LETTER_REGIONS else "a4"


def rendered(
    sheet: Sheet | Blank,
    form: Format,
    *,
    paper: Paper = "letter",
    large_print: bool = False,
    ascii_only: bool = False,
    qr: bool = False,
    choices: ChoicesPage | None = None,
    plan: PlanPage | None = None,
) -> bytes:
    """The sheet, or the empty form, as bytes (UTF-8 for all but PDF); `choices` and `plan` go after, not in JSON."""
    if isinstance(sheet, Blank):
        return _rendered_blank(sheet, form, paper, large_print, ascii_only)
    match form:
        case "pdf":
            from ketalearn.render.pdf import to_pdf

            return to_pdf(sheet, paper=paper, large_print=large_print, qr=qr, choices=choices, plan=plan)
        case "html":
            from ketalearn.render.html import to_html

            html = to_html(sheet, qr=qr)
            if choices is not None:
                from ketalearn.render import choices as page

                html = html.replace("</main>", f"{page.to_html(choices)}</main>")
            if plan is not None:
                from ketalearn.render import plan as form_page

                html = html.replace("</main>", f"{form_page.to_html(plan)}</main>")
            return html.encode()
        case "markdown":
            from ketalearn.render.markdown import to_markdown

            markdown = to_markdown(sheet)
            if choices is not None:
                from ketalearn.render import choices as page

                markdown += page.to_markdown(choices)
            if plan is not None:
                from ketalearn.render import plan as form_page

                markdown += form_page.to_markdown(plan)
            return markdown.encode()
        case "json":
            from ketalearn.render.json import to_json

            return to_json(sheet).encode()
        case "text":
            from ketalearn.render.text import to_text

            text = to_text(sheet, ascii=ascii_only)
            if choices is not None:
                from ketalearn.render import choices as page

                text += page.to_text(choices)
            if plan is not None:
                from ketalearn.render import plan as form_page

                text += form_page.to_text(plan)
            return text.encode()


def _rendered_blank(blank: Blank, form: Format, paper: Paper, large_print: bool, ascii_only: bool) -> bytes:
    from ketalearn.render import blank as made

    match form:
        case "pdf":
            return made.to_pdf(blank, paper=paper, large_print=large_print)
        case "html":
            return made.to_html(blank).encode()
        case "markdown":
            return made.to_markdown(blank).encode()
        case "json":
            return made.to_json(blank).encode()
        case "text":
            return made.to_text(blank, ascii=ascii_only).encode()
