"""What a clinic may write for the sheet: short, plain, no promise and no price; and the text of others, harmless."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200

# what ketalearn itself never says (contract, "Words"), and what sells
_VERDICT = re.compile(
    r"\b(?:not |in)?eligible\b|\b(?:is |are )?safe for you\b|\byou (?:cannot|can['’]t) have\b"
    r"|(?<!not )(?<!n['’]t )\bstop taking\b",
    re.I,
)
_SELLING = re.compile(
    r"\bmiracle\b|\bgame.?changer\b|\bbreakthrough\b|\bguarantee\w*|\brisk.free\b|\bno side effects\b|\bcures?\b"
    r"|\b100 ?%|\bspecial offer\b|\bdiscounts?\b|\bbook now\b|\blimited (?:time|places|offer)\b"
    r"|\bbest (?:clinic|treatment)\b",
    re.I,
)
_PRICE = re.compile(
    r"[$€£¥₹]\s?\d[\d.,]*|\d\s?[$€£¥₹]|\b\d[\d.,]*\s?(?:dollars?|euros?|pounds?|bucks|usd|eur|gbp|cad|aud|chf|nzd)\b"
    r"|\b(?:dollars?|euros?|bucks)\b|\b(?:usd|eur|gbp|cad|aud|chf|nzd)\s?\d|\b(?:price|costs?|fee|charge)\b[^.?!]{0,20}\d",
    re.I,
)
_DOSE = re.compile(r"\b\d[\d.,]*\s?(?:mg|milligrams?|mcg|µg|ml)\b", re.I)


def harmless(text: str) -> str:
    """Text of someone else on one line: no control, escape, direction mark or lone surrogate; nothing is evaluated."""
    kept = []
    for char in text:
        if char in "\n\r\t\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            kept.append("�")
        else:
            kept.append(char)
    return " ".join("".join(kept).split())


def fault_in(text: str, longest: int = LONGEST) -> str:
    """Why a clinic's words may not stand on the sheet, with how to mend it; "" when they may."""
    if len(text) > longest:
        return f"it has {len(text)} characters; at most {longest} fit"
    if text != harmless(text):
        return "it holds a line end, a double space or a sign that cannot be shown; write it as one plain line"
    if text[:1] in "=+-@" and text and not re.match(r"\+\d", text):
        return f"it begins with '{text[0]}'; begin with a word"
    for pattern, why in (
        (_VERDICT, "tells whether the treatment fits, or to stop a medicine; ask a question in its place"),
        (_SELLING, "promises or sells; say what is so, or ask a question"),
        (_PRICE, "names a price; talk about costs at the visit"),
        (_DOSE, "names a dose; talk about doses at the visit"),
    ):
        if found := pattern.search(text):
            return f"'{found[0].strip()}' {why}"
    return ""
