"""Chinese, Japanese and Korean names print where the computer, or the extra `cjk`, has a font for them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, build_sheet
from ketalearn.render import eastasian
from ketalearn.render.fit import fit
from ketalearn.render.typeset import MISSING_WORDS
from tests.render.reading import needs_noto_cjk, pdf_text
from tests.support import TODAY, real_pack

ASKED = ("我可以带我姐姐一起来吗，她能在门外等我吗？", "私は車を運転できますか。", "제언니를데려와도되나요?")


def sheet_with(*own: str) -> Sheet:
    return fit(build_sheet(real_pack(), Profile(own_questions=own, starred=("own:1",)), TODAY))


def text_of(sheet: Sheet) -> str:
    from ketalearn.render.pdf import to_pdf

    return pdf_text(to_pdf(sheet))


@pytest.fixture(autouse=True)
def _looks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eastasian, "found", eastasian.found.__wrapped__)


def test_the_three_languages_print_in_a_font_of_the_computer() -> None:
    needs_noto_cjk()
    text = text_of(sheet_with(*ASKED))
    for words in ASKED:
        assert words in text
    assert MISSING_WORDS not in " ".join(text.split())


def test_the_font_s_letters_are_read_from_the_file() -> None:
    held = eastasian.covered(needs_noto_cjk())
    assert {ord("我"), ord("す"), ord("언"), 0x2000B} <= held
    assert 0x0915 not in held  # Devanagari is not its business


def test_a_computer_without_such_a_font_prints_boxes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eastasian, "FOLDERS", ())
    monkeypatch.setattr(eastasian, "EXTRA", ("no_such_package", "none.ttc"))
    text = text_of(sheet_with(*ASKED))
    assert ASKED[0] not in text
    assert MISSING_WORDS in " ".join(text.split())


def test_the_font_of_the_extra_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package, name = eastasian.EXTRA
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").touch()
    (tmp_path / package / name).symlink_to(needs_noto_cjk())
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop(package, None)
    monkeypatch.setattr(eastasian, "FOLDERS", ())
    assert [font.path for font in eastasian.fonts_for(ASKED[0])] == [tmp_path / package / name]
    assert ASKED[0] in text_of(sheet_with(*ASKED))


def test_no_font_is_looked_for_where_none_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> tuple[Path, ...]:
        raise AssertionError("looked for a font")

    monkeypatch.setattr(eastasian, "found", never)
    assert "my sister" in text_of(sheet_with("May I bring my sister? ¿Y a mi hermana? बहन أختي"))


def test_a_broken_font_file_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"ttcf" + bytes(40))
    (tmp_path / "malgun.ttf").write_bytes(b"")
    monkeypatch.setattr(eastasian, "FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(eastasian, "EXTRA", ("no_such_package", "none.ttc"))
    assert len(eastasian.found()) == 2
    assert eastasian.fonts_for(ASKED[0]) == ()
    assert MISSING_WORDS in " ".join(text_of(sheet_with(*ASKED)).split())


def test_signs_are_drawn_as_the_language_of_the_text_draws_them() -> None:
    assert eastasian.families("直 と")[0].endswith("JP")
    assert eastasian.families("直 언")[0].endswith("KR")
    assert eastasian.families("直")[0].endswith("SC")
    assert eastasian.families("straight") == []
