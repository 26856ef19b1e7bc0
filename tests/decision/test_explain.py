"""Why a question is there, where it stands, and why another is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.cli import run
from ketalearn.decision.explain import explain
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import ON_PAPER, build_sheet
from tests.support import TODAY, all_topics, profiles, real_pack

PACK = real_pack()


@given(profiles(typed=True), st.sampled_from(all_topics(PACK)))
def test_every_topic_of_every_profile_is_explained_as_the_sheet_has_it(profile: Profile, topic: str) -> None:
    sheet = build_sheet(PACK, profile, TODAY)
    told = explain(PACK, profile, sheet, topic)
    places = {"front": sheet.front, "back": sheet.back, "more": sheet.more}
    for name, questions in places.items():
        assert (told.where == name) == any(one.topic == topic for one in questions)
    if told.where in places:
        assert told.grounds
        assert 1 <= told.number <= told.of
        assert told.place_why
        assert not told.not_here
    else:
        assert told.not_here
        assert told.number == 0
    assert told.sources
    assert json.loads(json.dumps(told.as_dict()))["topic"] == topic
    assert "\n".join(told.lines())


def test_the_rule_and_the_answer_are_named() -> None:
    profile = Profile(conditions=("seizures",))
    told = explain(PACK, profile, build_sheet(PACK, profile, TODAY), "seizures")
    assert ("must_if", "cond:seizures") in [ground[:2] for ground in told.grounds]
    assert any("Seizures" in line for line in told.lines())


def test_what_keeps_a_question_away_is_named() -> None:
    profile = Profile(reproductive=("not_able",))
    told = explain(PACK, profile, build_sheet(PACK, profile, TODAY), "pregnancy")
    assert told.where == "absent"
    assert "You said: I cannot become pregnant" in told.not_here[0]
    hidden = Profile(hidden=("time_travel",))
    told = explain(PACK, hidden, build_sheet(PACK, hidden, TODAY), "time_travel")
    assert told.where == "hidden"
    assert "You took it off" in told.not_here[0]


def test_what_did_not_fit_says_its_rank() -> None:
    profile = Profile(conditions=("seizures", "bladder", "liver", "diabetes", "trauma", "glaucoma", "sleep_apnea"))
    sheet = build_sheet(PACK, profile, TODAY)
    last = explain(PACK, profile, sheet, sheet.more[-1].topic)
    assert f"{ON_PAPER} fit on paper; this one ranks {last.number}" in last.place_why


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.toml"
    path.write_text('medicine_names = ["xanx"]\n')
    assert run(["sheet", "--profile", str(path), "--explain", "driving", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["where"] == "front" or json.loads(out)["where"] == "back"
    assert "'xanx' looks like Xanax; write it so to add its class" in err
    assert run(["sheet", "--profile", str(path), "--explain", "drivng"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "did you mean 'driving'?" in err
    assert run(["sheet", "--profile", str(path), "--explain", "driving", "--format", "pdf"]) == 2
