"""Sources and words one key away wherever something is cited, and one word away in plain mode."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from ketalearn.decision.cites import Cites, of_choice, of_items, of_lesson, of_questions, source_words, terms_of
from ketalearn.journey import Choose, Journey, Place
from ketalearn.plain.talk import Left, Talk
from ketalearn.render.wording import KIND_WORDS
from ketalearn.ui.app import PANES
from ketalearn.ui.widgets.cited import CitedPane
from tests.support import ROOT, journey, real_pack
from tests.ui.support import app_for, at, settle, sync, words_of

ITEM = Place("item", module="06-risks", item="risks-driving-spray")
FEEDBACK = ITEM._replace(kind="feedback")
PLACES = {
    "page": Place("page", module="06-risks", page="home"),
    "feedback": FEEDBACK,
    "results": Place("results", module="06-risks"),
    "choices": Place("choices"),
    "choice": Place("choice", screen="ect"),
    "compare": Place("compare"),
    "fit": Place("fit"),
    "questions": Place("questions"),
}


def someone() -> Journey:
    one = journey(ROOT, region="US")
    one.advance(ITEM, Choose(None))
    one.keep(replace(one.profile(), values=("speed", "lasting_benefit")))
    return one


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@sync
async def test_a_key_lists_the_sources_and_another_explains_the_words(size: tuple[int, int]) -> None:
    pack = real_pack()
    async with app_for(someone()).run_test(size=size) as pilot:
        for name, place in PLACES.items():
            app = await at(pilot, place)
            await pilot.press("s")
            await settle(pilot)
            seen = words_of(app)
            assert "Sources of this page" in seen, name
            pane = app._panes[PANES[place.kind][1]]
            assert isinstance(pane, CitedPane)
            cites = pane.cites()
            assert cites.sources, name
            first = source_words(pack, cites.sources[0], cites.facts)
            # the plain name stands first, the record after it
            assert f"[1] {pack.sources[cites.sources[0]].short}" in seen, name
            if size == (80, 24):
                assert " ".join(f"In full: {first.citation}".split()[:6]) in seen, name
                assert KIND_WORDS[first.kind] in seen, name  # type: ignore[index]
                assert not first.year or f"Year: {first.year}." in seen, name
                assert not first.sure or "How sure are we of what rests on it here?" in seen, name
            await pilot.press("escape")
            await pilot.press("g")
            await settle(pilot)
            seen = words_of(app)
            assert "Words on this page" in seen, name
            terms = terms_of(pack, cites)
            wanted = " ".join(terms[0].plain.split()[:5]) if terms else "No new words on this page."
            assert wanted in seen, name
            await pilot.press("escape")


@pytest.mark.parametrize(
    ("place", "before"),
    [(place, ["1 2"] if name == "compare" else []) for name, place in PLACES.items() if name != "choices"],
    ids=[name for name in PLACES if name != "choices"],
)
def test_plain_mode_takes_the_words_sources_and_words(place: Place, before: list[str]) -> None:
    told: list[str] = []
    lines = iter([*before, "sources", "words"])
    talk = Talk(someone(), lambda: next(lines, None), told.append)
    talk.place = place
    with suppress(Left):
        talk._visit(place)
    cites = talk.cites
    assert cites.sources
    pack = real_pack()
    prompts = [at for at, text in enumerate(told) if text == "> "][len(before) :]
    sources, words = (told[at + 1] for at in prompts[:2])
    assert sources.startswith("[1] ")
    assert sources.count("\n") + 1 == len(cites.sources)
    for name in cites.sources:
        assert source_words(pack, name).citation in sources
    assert words.split(":")[0] in [term.term for term in terms_of(pack, cites)] or words == "No new words on this page."


def test_how_sure_is_that_of_the_facts_of_the_page() -> None:
    pack = real_pack()
    one = journey(ROOT)
    found = []
    for module in pack.info.modules:
        for page in pack.module(module).pages:
            cites = of_lesson(pack, one.lesson(Place("page", module=module, page=page)))
            found += [source_words(pack, name, cites.facts).sure for name in cites.sources]
    assert sum(map(bool, found)) > len(found) // 2
    fact = pack.facts["se-dissociation"]
    assert source_words(pack, fact.sources[0], ["se-dissociation"]).sure in ("high", "moderate", "low", "very low")
    assert source_words(pack, fact.sources[0]).sure == ""


def test_every_item_and_option_has_sources_that_resolve() -> None:
    pack = real_pack()
    for module in pack.info.modules:
        for item in pack.quiz(module):
            cites = of_items(pack, [(module, item)])
            assert cites.sources
            assert all(name in pack.sources for name in cites.sources)
    for option in pack.options:
        assert all(name in pack.sources for name in of_choice(option).sources)
    sheet = journey(ROOT).sheet()
    assert all(name in pack.sources for name in of_questions(sheet.on_paper).sources)


def test_a_term_is_found_by_its_short_form_and_as_many() -> None:
    pack = real_pack()

    def found(text: str) -> set[str]:
        return {term.id for term in terms_of(pack, Cites(text=text))}

    assert "ect" in found("Ask about ECT.") and "ect" in found("Electroconvulsive therapy is one.")
    assert "trial" in found("Trials were short.")
    assert found("An insect and a protrial sat still.") == set()
