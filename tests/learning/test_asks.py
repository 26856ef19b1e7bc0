"""What a miss adds to My questions is what someone who missed that very item needs to ask."""

from __future__ import annotations

import pytest

from ketalearn.journey import Choose, Place
from tests.support import ROOT, journey, real_pack

NEEDED = {
    ("06-risks", "risk-signs"): "warning_signs",
    ("06-risks", "risks-emergency"): "warning_signs",
    ("10-visit", "vis-signs"): "warning_signs",
    ("06-risks", "risk-dizzy"): "side_effects",
    ("04-benefits", "ben-spray"): "chance_of_benefit",
    ("09-clinics-cost-ads", "cl-cost-all"): "total_cost",
    ("10-visit", "vis-notes"): "measuring_response",
    ("05-experience", "exp-two"): "monitoring",
}


@pytest.mark.parametrize(("at", "topic"), NEEDED.items(), ids=[item for _, item in NEEDED])
def test_a_missed_item_names_first_the_question_that_it_leads_to(at: tuple[str, str], topic: str) -> None:
    one = journey(ROOT)
    place = Place("item", module=at[0], item=at[1])
    one.advance(place, Choose(None))
    answer = one.item(place).answer
    assert answer is not None
    assert one.row(answer).added[0].topic == topic


def test_no_sign_of_an_emergency_leads_to_blood_pressure() -> None:
    signs = [item for item in real_pack().items.values() if item.asks == "warning_signs"]
    assert len(signs) == 3
    assert all(item.critical or item.type == "multiple" for item in signs)
    assert {item.topic for item in signs} == {"monitoring"}
