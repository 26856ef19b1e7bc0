"""The reading level of every question and reason of the bank, with names masked and as they stand.

Run: python scripts/reading_level.py [GRADE]. Prints the whole bank's grade and each text above GRADE (6 by default).
"""

from __future__ import annotations

import sys
from pathlib import Path

from ketalearn.content.pack import Pack
from ketalearn.content.readability import flesch_kincaid, masked, smog

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


def main() -> None:
    """Print the tables."""
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    rows = []
    for group in Pack(ROOT).groups:
        for prompt in group.prompt:
            forms = [prompt.text, prompt.they, prompt.private, *(variant.text for variant in prompt.wordings)]
            rows += [(prompt.topic, f"{text} {prompt.why}") for text in dict.fromkeys(forms) if text]
    everything = " ".join(text for _, text in rows)
    for name, names in (("names masked", NAMES), ("as printed", ())):
        grades = sorted(((flesch_kincaid(masked(text, names)), topic, text) for topic, text in rows), reverse=True)
        high = [row for row in grades if row[0] > limit]
        whole = masked(everything, names)
        print(f"{name}: bank FKGL {flesch_kincaid(whole):.2f}, SMOG {smog(whole):.2f}; "
              f"{len(high)} of {len(rows)} texts above {limit:g}")  # fmt: skip
        for grade, topic, text in high:
            print(f"  {grade:4.1f}  {topic}: {text}")


if __name__ == "__main__":
    main()
