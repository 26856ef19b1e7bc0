"""What the rules of the question bank bring to paper, over made-up people (fact by fact: scripts/fact_table.py).

Run: python scripts/rule_tables.py [PEOPLE] [--list] (two to three minutes for 2,000 people; --list: whose did not fit).

People are drawn with a fixed seed. Half are "few answers" (0 to 2 health
problems, 0 to 2 medicines, 0 to 2 things about daily life, 0 or 1 worry), 35 of 100 "some" (up to 4, 3, 3, 2), the
rest "many" (up to 8, 5, 6, 4). Each has an age, a region, a stage, one goal (5 of 100 ask for someone else), treatments
tried, a form, up to 3 values and, for half, up to 4 missed quiz topics. Values inside a field are equally likely,
which makes rare red flags far more common here than in life: a hard test on purpose. 3 of 100 tick a safety answer.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import Counter
from pathlib import Path

from ketalearn.content.pack import Pack
from ketalearn.decision.profile import NOT_SAID, Profile, Vocabulary, kept
from ketalearn.decision.sheet import build_sheet, said_in
from ketalearn.decision.triggers import Rank, raise_all, sharing_lines
from ketalearn.render.fit import fit

ROOT = Path(__file__).resolve().parent.parent
TODAY = dt.date(2026, 11, 24)
SEED = 20261124
MOST = {"few": (2, 2, 2, 1), "some": (4, 3, 3, 2), "many": (8, 5, 6, 4)}


def drawn(chance: random.Random, known: Vocabulary) -> tuple[str, Profile]:
    """(kind of person, a profile) by the rules in this file's head."""
    kind = chance.choices(list(MOST), weights=(50, 35, 15))[0]
    profile = Profile()
    fields = ("conditions", "medicines", "circumstances", "concerns")
    for name, most in zip(fields, MOST[kind], strict=True):
        choices = [value for value in known.allowed(name) if value not in NOT_SAID]
        profile = profile.with_field(name, chance.sample(choices, chance.randint(0, most)))
    for name in ("age_band", "region", "stage", "treatments_tried"):
        profile = profile.with_field(name, [chance.choice(known.allowed(name))])
    goals = [goal for goal in known.allowed("goal") if goal not in ("supporting_someone", "depression_suicidal")]
    goal = [chance.choice(goals)] + (["supporting_someone"] if chance.random() < 0.05 else [])
    profile = profile.with_field("goal", kept("goal", goal, known))
    profile = profile.with_field("route", [chance.choice(known.allowed("route"))])
    profile = profile.with_field("reproductive", [chance.choice(known.allowed("reproductive"))])
    profile = profile.with_field("values", chance.sample(known.allowed("values"), chance.randint(0, 3)))
    if chance.random() < 0.5:
        profile = profile.with_field("quiz_misses", chance.sample(known.allowed("quiz_misses"), chance.randint(1, 4)))
    if chance.random() < 0.03:
        profile = profile.with_field("safety", ["suicidal_thoughts"])
    return kind, profile


def paper_tables(pack: Pack, people_count: int, *, fitted: bool, listed: bool = False) -> None:
    """Over made-up people: own-fact musts and missed topics on paper, and topics that no one was printed.

    `fitted`: as the two sides of paper hold it; else the 24 places of the rules. `listed`: one line for each person
    whose musts do not all fit.
    """
    known = Vocabulary(pack.interview)
    chance = random.Random(SEED)
    people: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    squeezed: Counter[str] = Counter()
    quiz_people = quiz_shown = topics_missed = topics_shown = no_question = 0
    lost: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    counts: list[int] = []
    bank = [prompt for group in pack.groups for prompt in group.prompt]
    base = {prompt.topic for prompt in bank if prompt.base == "must"}
    for _ in range(people_count):
        kind, profile = drawn(chance, known)
        sheet = build_sheet(pack, profile, TODAY)
        if fitted:
            sheet = fit(sheet)
        paper = {question.topic for question in sheet.on_paper}
        counts.append(len(paper))
        printed.update(paper)
        raised = raise_all(bank, said_in(profile, known))
        # a must that another question asks too (`covered`) is on paper where that question is
        shared = {one.prompt.topic: one.asked_by for one in sharing_lines(raised, said_in(profile, known).all)}
        own = {one.prompt.topic for one in raised if one.rank in (Rank.RED_FLAG, Rank.OWN_MUST)}
        own = {shared[topic] or topic for topic in own}
        people[kind] += 1
        whole[kind] += own <= paper
        if not own <= paper and listed:
            print(f"  {kind}: {len(own | base)} musts with those of everyone; not on paper: {sorted(own - paper)}")
        squeezed.update(own - paper)
        if profile.quiz_misses:
            hits = {
                topic: any(
                    f"quiz:{topic}" in one.because and (shared[one.prompt.topic] or one.prompt.topic) in paper
                    for one in raised
                )
                for topic in profile.quiz_misses
            }
            # pregnancy for someone who said not able, getting ready for someone who has stopped: nothing to ask
            none = {topic for topic in hits if not any(f"quiz:{topic}" in one.because for one in raised)}
            lost.update(topic for topic, hit in hits.items() if not hit and topic not in none)
            no_question += len(none)
            quiz_people += 1
            quiz_shown += all(hit for topic, hit in hits.items() if topic not in none)
            topics_missed += len(hits)
            topics_shown += sum(hits.values())
    print(f"\n{'On two sides of paper' if fitted else 'In the 24 places of the rules'}: "
          f"{sum(counts) / len(counts):.1f} questions of the bank, {min(counts)} at least")  # fmt: skip
    for kind, count in sorted(people.items()):
        print(f"{kind}: {count} people, every own-fact must on paper for {100 * whole[kind] / count:.1f} of 100")
    print(
        f"all: {100 * whole.total() / people.total():.1f} of 100; most often squeezed out: {squeezed.most_common(12)}"
    )
    asked = topics_missed - no_question
    print(f"missed quiz topics with a question on paper: {100 * topics_shown / topics_missed:.1f} of 100, or "
          f"{100 * topics_shown / asked:.1f} of those that have a question for that person; "
          f"people with all of theirs: {100 * quiz_shown / quiz_people:.1f} of 100; "
          f"most often lost: {lost.most_common(6)}")  # fmt: skip
    print("never printed for anyone:", [prompt.topic for prompt in bank if not printed[prompt.topic]] or "none")


def main() -> None:
    """Print both tables."""
    pack = Pack(ROOT)
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    people = int(numbers[0]) if numbers else 2000
    for fitted in (False, True):
        paper_tables(pack, people, fitted=fitted, listed="--list" in sys.argv)


if __name__ == "__main__":
    main()
