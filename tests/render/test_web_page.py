"""The web page in a real browser: no barrier that axe-core knows, no request, no sideways scrolling, good paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import rendered
from tests.render.browser import opened_browser
from tests.render.reading import pdf_text
from tests.render.test_paper import sheet_for
from tests.support import TODAY, real_pack

Scheme = Literal["light", "dark"]
Media = Literal["screen", "print"]

WINDOWS = {"normal": (1280, 800, 1), "320 px wide": (320, 640, 1), "1280 px at 200%": (640, 400, 2)}
"""Width and height in CSS pixels, and the zoom."""


def for_pharmacist() -> Sheet:
    profile = Profile(medicines=("benzodiazepine",), own_questions=("May I bring my sister?",))
    return fit(build_sheet(real_pack(), profile, TODAY, wishes=Wishes(ask="pharmacist")))


SHEETS: dict[str, Callable[[], Sheet]] = {
    "normal": lambda: sheet_for("acceptance"),
    "red flags": lambda: sheet_for("many troubles"),
    "crisis": lambda: sheet_for("in crisis"),
    "today": lambda: top_three(sheet_for("acceptance")),
    "for the pharmacist": for_pharmacist,
    "four scripts": lambda: sheet_for("names in four scripts"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as browser:
        yield browser


@contextmanager
def shown(
    browser: Browser,
    file: Path,
    words: str,
    *,
    window: str = "normal",
    scheme: Scheme = "light",
    media: Media = "screen",
    requests: list[str] | None = None,
) -> Iterator[Page]:
    """`words` as a page in the browser, opened from a file as a person would; its requests are noted."""
    file.write_text(words, "utf-8")
    width, height, zoom = WINDOWS[window]
    with browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=zoom, color_scheme=scheme
    ) as context:
        page = context.new_page()
        page.emulate_media(media=media, color_scheme=scheme)
        if requests is not None:
            page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri())
        yield page


def violations(page: Page) -> list[str]:
    axe: Any = Axe
    found: list[dict[str, Any]] = axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SHEETS)
def test_no_barrier_no_request_and_no_sideways_scrolling(
    browser: Browser, tmp_path: Path, name: str, scheme: Scheme, media: Media
) -> None:
    words = rendered(SHEETS[name](), "html").decode()
    for window, (width, _, _) in WINDOWS.items():
        requests: list[str] = []
        with shown(
            browser, tmp_path / "sheet.html", words, window=window, scheme=scheme, media=media, requests=requests
        ) as page:
            assert violations(page) == [], window
            assert page.evaluate("document.documentElement.scrollWidth") <= width, window
            assert requests == [(tmp_path / "sheet.html").as_uri()]


def test_a_page_with_barriers_a_request_and_a_wide_line_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    bad = "<body><p style='color:#bbb'>grey words</p><img src='other.png'><pre>" + "wide" * 200 + "</pre></body>"
    requests: list[str] = []
    with shown(browser, tmp_path / "bad.html", bad, window="320 px wide", requests=requests) as page:
        named = {one.split(":")[0] for one in violations(page)}
        assert {"html-has-lang", "document-title", "color-contrast", "image-alt"} <= named
        assert page.evaluate("document.documentElement.scrollWidth") > 320
        assert len(requests) == 2


@pytest.mark.parametrize("name", SHEETS)
def test_printed_it_is_the_paper_in_structure(browser: Browser, tmp_path: Path, name: str) -> None:
    """The same headings and questions in the same order, few pages, the crisis line and the page number on each."""
    sheet = SHEETS[name]()
    with shown(browser, tmp_path / "sheet.html", rendered(sheet, "html").decode(), media="print") as page:
        headings = [one.inner_text() for one in page.query_selector_all("h1, h2")]
        data = page.pdf(format="Letter", prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = len(pdf.pages)
    assert pages <= (2 if sheet.only_top else 3)
    printed = " ".join(pdf_text(data).split())
    paper = "".join(pdf_text(rendered(sheet, "pdf")).split())
    at = 0
    for heading in headings:
        assert heading in printed
        at = paper.index("".join(heading.split()), at)
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in printed
    foot = sheet.crisis.entries[0].line.split(".")[0]
    assert printed.count(foot) >= pages
    at = 0
    for question in sheet.on_paper:
        at = printed.index(" ".join(question.text.split()), at) + 1
