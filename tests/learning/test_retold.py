"""One's own words on the sheet: only when asked for, in every format, and never on a sheet that hides."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ketalearn.decision.narrow import top_three
from ketalearn.decision.sheet import Wishes
from ketalearn.journey import Journey, OnSheet, Place, Reply, Retold
from ketalearn.render.formats import FORMATS, rendered
from tests.render.reading import pdf_text
from tests.support import ROOT, journey

WORDS = "I call my sister Zora <b>at once</b>"


def told_back() -> tuple[Journey, Place]:
    one = journey(ROOT)
    item = next(item for item in one.workspace.pack.quiz("06-risks") if item.type == "teachback")
    place = Place("item", module="06-risks", item=item.id)
    one.advance(place, Retold(WORDS))
    assert one.item(place).draft == WORDS
    return one, one.advance(place, Reply((0,), text=WORDS))


def test_nothing_is_printed_until_it_is_asked_for_and_it_can_be_taken_back() -> None:
    one, place = told_back()
    assert one.sheet().retold == ()
    assert one.advance(place, OnSheet(place.item)) == place
    assert one.item(place).printed
    assert [told.words for told in one.sheet().retold] == [WORDS]
    one.advance(place, OnSheet(place.item))
    assert one.sheet().retold == ()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_words_on_the_extra_page(form: str) -> None:
    one, place = told_back()
    assert b"Zora" not in rendered(one.sheet(), form)  # type: ignore[arg-type]
    one.advance(place, OnSheet(place.item))
    data = rendered(one.sheet(), form)  # type: ignore[arg-type]
    text = pdf_text(data) if form == "pdf" else data.decode()
    assert "my sister Zora" in " ".join(text.split())
    assert "<b>at once</b>" not in text or form in ("pdf", "text", "json")
    if form == "json":
        assert json.loads(text)["retold"][0]["words"] == WORDS


def test_a_sheet_that_hides_or_is_for_one_person_alone_has_none_and_says_so() -> None:
    one, place = told_back()
    one.advance(place, OnSheet(place.item))
    for wishes in (Wishes(hide_sensitive=True), Wishes(ask="pharmacist")):
        hidden = one.sheet(wishes)
        assert hidden.retold == ()
        assert "What you said in your own words is on the full sheet only." in hidden.left_out
        assert b"Zora" not in rendered(hidden, "text") + rendered(hidden, "json")
    assert top_three(one.sheet()).retold == ()


def test_the_command_prints_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ketalearn.cli import run
    from ketalearn.store.database import Store
    from ketalearn.store.folders import data_folder
    from tests.support import Clock

    one, place = told_back()
    one.advance(place, OnSheet(place.item))
    store = Store.open(data_folder(os.environ), "me", now=Clock())
    for answer in one.memory.answers():
        store.add_answer(answer)
    store.put("retold_on_sheet", one.memory.get("retold_on_sheet"))
    store.close()
    assert run(["sheet"]) == 0
    assert "my sister Zora" in capsys.readouterr().out
    assert run(["sheet", "--hide-sensitive"]) == 0
    assert "Zora" not in capsys.readouterr().out
