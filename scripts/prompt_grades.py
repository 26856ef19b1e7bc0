"""The reading level of every question and reason of the bank, with names masked and as they stand.

Run: python scripts/prompt_grades.py [GRADE]. Prints the whole bank's grade and each text above GRADE (6 by default).
"""

from __future__ import annotations

import sys
from pathlib import Path

from ketalearn.content.pack import Pack
from ketalearn.content.readability import flesch_kincaid, masked, smog
from ketalearn.decision.sheet import PRIVATE_WHY
from ketalearn.decision.triggers import FOR_ANOTHER

ROOT = Path(__file__).resolve().parent.parent
# drugs and conditions that a patient must be able to say to a clinician by their own name
NAMES = (
    "ketamine", "esketamine", "Spravato", "MAOI", "REMS", "ECT", "TMS", "AVM", "CPAP", "PTSD", "FDA", "aneurysm",
    "psychosis",
    "mania", "bipolar disorder", "porphyria", "glaucoma", "diabetes", "epilepsy", "seizures", "sleep apnea",
    "benzodiazepine", "antidepressant", "antipsychotic", "lamotrigine", "lithium", "valproate", "naltrexone",
    "methadone", "buprenorphine", "theophylline", "aminophylline", "prazosin", "insulin", "stimulant", "cannabis",
    "thyroid", "alcohol", "St John's wort", "grapefruit", "depression", "anesthetic", "liver disease",
    "kidney disease", "blood pressure", "suicide", "pregnancy",
)  # fmt: skip


def printed(pack: Pack) -> list[tuple[str, str]]:
    """(topic, wording with a reason) for every wording of the bank and every reason that can stand under it."""
    rows: list[tuple[str, str]] = []
    for group in pack.groups:
        for prompt in group.prompt:
            theirs = [variant.text for variant in prompt.wordings if FOR_ANOTHER in variant.when]
            ours = [variant.text for variant in prompt.wordings if FOR_ANOTHER not in variant.when]
            our_whys = [prompt.why, *(one.text for one in prompt.reason)]
            their_whys = [prompt.they_why or prompt.why, *(one.they or one.text for one in prompt.reason)]
            pairs = [(text, why) for text in (prompt.text, *ours) for why in our_whys]
            pairs += [(text, why) for text in (prompt.they, *theirs) if text for why in their_whys]
            pairs += [(prompt.private, PRIVATE_WHY)] if prompt.private else []
            rows += [(prompt.topic, f"{text} {why}") for text, why in dict.fromkeys(pairs)]
    return rows


def graded(rows: list[tuple[str, str]], names: tuple[str, ...]) -> list[tuple[float, str, str]]:
    """(FKGL with `names` masked, topic, text), hardest first."""
    return sorted(((flesch_kincaid(masked(text, names)), topic, text) for topic, text in rows), reverse=True)


def main() -> None:
    """Print the tables."""
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    rows = printed(Pack(ROOT))
    everything = " ".join(text for _, text in rows)
    for name, names in (("names masked", NAMES), ("as printed", ())):
        high = [row for row in graded(rows, names) if row[0] > limit]
        whole = masked(everything, names)
        print(f"{name}: bank FKGL {flesch_kincaid(whole):.2f}, SMOG {smog(whole):.2f}; "
              f"{len(high)} of {len(rows)} texts above {limit:g}")  # fmt: skip
        for grade, topic, text in high:
            print(f"  {grade:4.1f}  {topic}: {text}")


if __name__ == "__main__":
    main()
