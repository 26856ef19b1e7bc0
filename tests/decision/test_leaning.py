"""Where the person leans now, if they like to say it: their own words on the sheet, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile, profile_of
from ketalearn.decision.sheet import Wishes, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import FORMATS, rendered
from tests.render.reading import pdf_text
from tests.support import TODAY, all_topics, profiles, real_pack, vocabulary

PACK = real_pack()
LEANS = Profile(region="US", leaning="to wait until spring.")


def printed(profile: Profile, form: str, wishes: Wishes | None = None) -> str:
    data = rendered(fit(build_sheet(PACK, profile, TODAY, wishes=wishes)), form)  # type: ignore[arg-type]
    return " ".join((pdf_text(data) if form == "pdf" else data.decode()).split())


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_it_is_printed_in_ones_own_words(form: str) -> None:
    assert "Where I lean now, in my own words: to wait until spring." in printed(LEANS, form)
    assert "lean now" not in printed(replace(LEANS, leaning=" "), form)


@pytest.mark.parametrize("wishes", [Wishes(hide_sensitive=True), Wishes(ask="pharmacist"), Wishes(ask="billing")])
def test_it_stays_unsaid_where_others_may_read(wishes: Wishes) -> None:
    for form in FORMATS:
        assert "until spring" not in printed(LEANS, form, wishes)
    assert "until spring" not in rendered(top_three(fit(build_sheet(PACK, LEANS, TODAY))), "text").decode()


@settings(max_examples=30, deadline=None)
@given(profiles())
def test_it_changes_nothing_else(profile: Profile) -> None:
    plain = build_sheet(PACK, profile, TODAY).as_dict()
    leans = build_sheet(PACK, replace(profile, leaning="not to start"), TODAY).as_dict()
    assert leans.pop("leaning") == "not to start"
    assert plain.pop("leaning") == ""
    assert leans == plain


def test_it_is_kept_in_the_profile_as_typed() -> None:
    faults: list[object] = []
    told = profile_of(LEANS.as_dict(), vocabulary(), all_topics(PACK), lambda *fault: faults.append(fault))
    assert (told, faults) == (LEANS, [])
    profile_of({"leaning": ["to wait"]}, vocabulary(), all_topics(PACK), lambda *fault: faults.append(fault))
    assert len(faults) == 1
