"""What a real queue cannot be made to do on demand, with programs that only play CUPS."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.printing import Printer
from ketalearn.printing.cups import Cups
from ketalearn.printing.signs import SIGNS, Signals, sign_of
from tests.printing.fake_cups import FakeCups


def test_the_pdf_goes_in_on_standard_input_under_a_plain_title(fake: FakeCups, pdf: Path) -> None:
    assert Cups().send(pdf, "Attic").ok
    assert fake.arguments == "-d Attic -t Document -"
    assert fake.job == pdf.read_bytes()


def test_the_usual_printer_is_named_even_when_the_person_named_none(fake: FakeCups, pdf: Path) -> None:
    assert Cups().send(pdf).ok
    assert fake.arguments.startswith("-d Office ")


@pytest.mark.parametrize("missing", ["lp", "lpstat", "lpoptions"])
def test_half_a_print_system_is_none(fake: FakeCups, pdf: Path, missing: str) -> None:
    (fake.tools / missing).unlink()
    assert "no print system" in Cups().send(pdf).words


def test_when_lp_hangs_nobody_knows_whether_it_was_sent(fake: FakeCups, pdf: Path) -> None:
    fake.say("lp", "exec sleep 5")
    outcome = Cups(answer_seconds=0.3).send(pdf)
    assert outcome.kind == "failed"
    assert outcome.words == (
        "The print system did not answer within 0.3 seconds, so it is not known whether the sheet was sent."
    )
    assert outcome.advice == "Look at the printer before you send it again."


def test_a_system_that_falls_silent_afterwards_takes_nothing_back(fake: FakeCups, pdf: Path) -> None:
    silent = fake.folder / "silent"
    fake.say("lpoptions", f"[ -e {silent} ] && exec sleep 5; echo printer-state=3")
    fake.say("lp", f"cat > /dev/null; touch {silent}; echo 'request id is Office-1 (1 file(s))'")
    assert Cups(answer_seconds=0.5).send(pdf).ok


def test_an_answer_without_a_number_is_believed_but_cannot_be_followed(fake: FakeCups, pdf: Path) -> None:
    fake.say("lp", "cat > /dev/null; echo on its way")
    assert Cups().send(pdf).ok


def test_a_program_that_cannot_start_is_told(fake: FakeCups, pdf: Path) -> None:
    (fake.tools / "lpstat").write_bytes(b"\x00no program")
    outcome = Cups().send(pdf)
    assert outcome.kind == "refused"
    assert "could not be started" in outcome.words


def test_a_saved_sheet_that_is_gone_is_told(fake: FakeCups, pdf: Path) -> None:
    pdf.unlink()
    assert Cups().send(pdf).words == "The saved sheet cannot be read (No such file or directory)."


def test_a_printer_only_seen_on_the_network_is_listed_and_asked_nothing(fake: FakeCups) -> None:
    fake.say("lpstat", 'case "$1" in -r) echo "scheduler is running";; -e) echo Far_away;; esac')
    fake.say("lpoptions", f"touch {fake.folder}/asked")
    assert Cups().printers() == [Printer("Far_away", "not used yet", usual=True)]
    assert not (fake.folder / "asked").exists()


def test_options_that_cannot_be_read_are_no_fault(fake: FakeCups) -> None:
    fake.say("lpoptions", 'echo "printer-info=\'no end"')
    assert [printer.state for printer in Cups().printers()] == ["ready", "ready"]


# ---------------------------------------------------------------- signs


def test_a_job_that_left_quietly_is_well_whatever_its_printer_says_now() -> None:
    assert sign_of(Signals(queued=False, reasons="media-empty-report")) is None
    assert sign_of(Signals(queued=False, text="Print file sent.", alerts="processing-to-stop-point")) is None


def test_the_cause_is_told_before_the_effect() -> None:
    gave_up = sign_of(Signals(False, "Print job canceled at printer.", "", "media-empty-report"))
    assert gave_up is not None
    assert gave_up.because == "the printer says that it has no paper"


@pytest.mark.parametrize(
    ("signals", "because"),
    [
        (Signals(True, reasons="cups-waiting-for-job-completed,media-jam-error"), "paper is stuck in the printer"),
        (Signals(True, reasons="cover-open-error"), "a cover of the printer is open"),
        (Signals(True, reasons="toner-empty-error"), "the printer has no ink or toner"),
        (Signals(True, reasons="output-area-full-warning"), "the printer's tray is full"),
        (Signals(True, reasons="offline-report"), "the printer cannot be reached"),
        (Signals(True, text="Authentication required"), "the printer asks for a name and password"),
        (Signals(True, text="The printer is in use."), "the printer is busy, or cannot be reached"),
        (Signals(True, reasons="connecting-to-device"), "the printer does not answer yet"),
        (Signals(False, alerts="job-canceled-by-user"), "someone cancelled it"),
        (Signals(False, alerts="aborted-by-system"), "the print system gave up on it"),
    ],
)
def test_what_cups_says_is_told_in_plain_words(signals: Signals, because: str) -> None:
    sign = sign_of(signals)
    assert sign is not None
    assert sign.because == because


@pytest.mark.parametrize("reasons", ["none", "", "cups-waiting-for-job-completed", "toner-low-warning", "media-low"])
def test_a_printer_at_work_has_no_sign(reasons: str) -> None:
    assert sign_of(Signals(True, "Printing.", "job-printing", reasons)) is None


def test_every_sign_says_what_to_do() -> None:
    assert all(sign.because and sign.mend.endswith(".") for sign in SIGNS)


@given(st.builds(Signals, st.booleans(), st.text(), st.text(), st.text()))
def test_any_words_at_all_are_borne(signals: Signals) -> None:
    sign_of(signals)
