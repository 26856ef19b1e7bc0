"""Every way in which printing goes right or wrong, provoked on a real print server and a real IPP printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.printing import Outcome, PrintTrouble
from ketalearn.printing.cups import Cups
from tests.printing.private_cups import PrivateCups

QUICK = Cups(follow_seconds=1.5)
"""What is wrong here shows within a second."""
NO_PAPER = 'echo "STATE: +media-empty-error" >&2; '


def provoked(outcome: Outcome) -> Outcome:
    """Show what was told (pytest -s), and hold it to what every message promises."""
    print(f"\n[{outcome.kind}] {outcome.told}")
    assert "printed" not in outcome.words or "nothing was printed" in outcome.words
    assert outcome.ok or outcome.advice
    return outcome


def test_a_sheet_reaches_the_printer_whole_and_is_called_sent_never_printed(cups: PrivateCups, pdf: Path) -> None:
    printed = cups.add_printer("Office")
    outcome = provoked(Cups().send(pdf))
    assert outcome == Outcome("sent", "The sheet was sent to the queue of the printer 'Office'.")
    assert cups.jobs() == []
    assert printed.read_bytes().startswith(b"%PDF")


def test_the_title_in_the_queue_says_nothing_about_the_person(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.run("cupsdisable", "Office")
    QUICK.send(pdf)
    queue = cups.run("lpq", "-P", "Office")
    assert "Document" in queue
    assert "question" not in queue


def test_a_slow_printer_is_no_fault(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Slow", then="sleep 20")
    outcome = provoked(QUICK.send(pdf))
    assert outcome.ok
    assert "still at work" in outcome.advice


def test_who_leaves_is_not_kept(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Slow", then="sleep 20")
    asked: list[bool] = []

    def leave() -> bool:
        asked.append(True)
        return True

    assert Cups(follow_seconds=60).send(pdf, leave=leave).ok
    assert len(asked) == 1


def test_no_print_system(pdf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "refused"
    assert "no print system" in outcome.words
    assert "apt install cups" in outcome.advice


def test_server_down(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.stop_server()
    try:
        outcome = provoked(Cups().send(pdf, "Office"))
        with pytest.raises(PrintTrouble, match="not running"):
            Cups().printers()
    finally:
        cups.start_server()
    assert outcome.kind == "refused"
    assert "not running" in outcome.words


def test_no_printer(cups: PrivateCups, pdf: Path) -> None:
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "refused"
    assert "No printer is set up" in outcome.words


def test_an_unknown_printer_and_the_one_that_was_meant(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.add_queue("Ward_3")
    outcome = provoked(Cups().send(pdf, "Ofice"))
    assert outcome.kind == "refused"
    assert "Did you mean 'Office'?" in outcome.words
    assert "Office, Ward_3" in outcome.advice
    assert "Did you mean" not in provoked(Cups().send(pdf, "xyz")).words


def test_several_printers_and_none_the_usual_one(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.add_queue("Ward_3")
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "refused"
    assert "none is the usual one" in outcome.words
    cups.run("lpadmin", "-d", "Ward_3")
    assert "'Ward_3'" in provoked(Cups().send(pdf)).words


def test_a_paused_printer_keeps_the_sheet_waiting(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.run("cupsdisable", "-r", "back on Monday", "Office")
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "waiting"
    assert "paused (back on Monday)" in outcome.words
    [job] = cups.jobs()
    assert outcome.advice.endswith(f"cancel {job}")


def test_a_printer_that_accepts_nothing_is_sent_nothing(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    cups.run("cupsreject", "-r", "out of order", "Office")
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "refused"
    assert "takes no papers now (out of order)" in outcome.words
    assert cups.jobs() == []


def test_a_printer_that_is_switched_off(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office")
    cups.switch_off("Office")
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "waiting"
    assert "cannot be reached" in outcome.words


def test_a_printer_that_cannot_be_found(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office", "ipp://no-such-printer.invalid/ipp/print")
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "waiting"
    assert "cannot be found" in outcome.words


def test_out_of_paper_while_the_sheet_waits(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office", then=NO_PAPER + "sleep 20")
    outcome = provoked(Cups(follow_seconds=3).send(pdf))
    assert outcome.kind == "waiting"
    assert "no paper" in outcome.words
    assert outcome.advice.startswith("Put paper in.")


def test_out_of_paper_and_the_printer_gives_up(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office", then=NO_PAPER + "exit 1")
    # the following ends with the job; a busy machine may need longer for it
    outcome = provoked(Cups(follow_seconds=60).send(pdf))
    assert outcome.kind == "failed"
    assert "no paper" in outcome.words
    assert outcome.advice == "Put paper in. Then print again."


def test_a_job_on_hold(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office", "file:/dev/null", "-o", "job-hold-until-default=indefinite")
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "waiting"
    assert "on hold" in outcome.words


def test_a_job_stuck_behind_another(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office", then="sleep 20")
    QUICK.send(pdf)
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "sent"
    assert "behind other papers" in outcome.advice


def test_a_job_stuck_behind_one_that_cannot_go_out(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office")
    cups.switch_off("Office")
    QUICK.send(pdf)
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "waiting"
    assert "cannot be reached" in outcome.words


def test_a_part_that_the_printer_needs_is_missing(cups: PrivateCups, pdf: Path) -> None:
    ppd = cups.root / "printers" / "needy.ppd"
    ppd.write_text(
        '*PPD-Adobe: "4.3"\n*FormatVersion: "4.3"\n*FileVersion: "1.0"\n*LanguageVersion: English\n'
        '*LanguageEncoding: ISOLatin1\n*PCFileName: "NEEDY.PPD"\n*Manufacturer: "Test"\n*Product: "(Test)"\n'
        '*PSVersion: "(3010.000) 0"\n*ModelName: "Test"\n*ShortNickName: "Test"\n*NickName: "Test"\n'
        '*cupsFilter: "application/vnd.cups-pdf 0 nosuchfilter"\n'
    )
    cups.add_queue("Office", "file:/dev/null", "-P", str(ppd))
    outcome = provoked(QUICK.send(pdf))
    assert outcome.kind == "waiting"
    assert "lacks a part" in outcome.words


def test_a_broken_pdf_is_thrown_out_by_a_filter(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office")
    pdf.write_bytes(pdf.read_bytes()[:800])
    outcome = provoked(Cups(follow_seconds=60).send(pdf))
    assert outcome.kind == "failed"
    assert "could not be read" in outcome.words


def test_random_bytes_are_thrown_out_by_the_printer(cups: PrivateCups, pdf: Path) -> None:
    cups.add_printer("Office")
    pdf.write_bytes(bytes(range(256)) * 40)
    outcome = provoked(Cups(follow_seconds=60).send(pdf))
    assert outcome.kind == "failed"
    assert "could not prepare it" in outcome.words


def test_an_empty_file_is_not_taken(cups: PrivateCups, pdf: Path) -> None:
    cups.add_queue("Office")
    pdf.write_bytes(b"")
    outcome = provoked(Cups().send(pdf))
    assert outcome.kind == "refused"
    assert "did not take the sheet" in outcome.words


def test_a_print_system_that_hangs(cups: PrivateCups, pdf: Path) -> None:
    """The server is stopped in its tracks: it is there, but answers nothing."""
    cups.add_queue("Office")
    with cups.frozen():
        outcome = provoked(Cups(answer_seconds=0.5).send(pdf))
    assert outcome.kind == "refused"
    assert "did not answer within 0.5 seconds" in outcome.words


def test_the_list_of_printers_says_how_each_one_is(cups: PrivateCups, pdf: Path) -> None:
    for name in ("Attic", "Busy", "Cellar", "Desk"):
        cups.add_queue(name)
    cups.add_printer("Slow", then="sleep 20")
    cups.run("lpadmin", "-p", "Desk", "-D", "Desk by [the] window")
    cups.run("lpadmin", "-d", "Desk")
    cups.run("cupsdisable", "Attic")
    cups.run("cupsreject", "Cellar")
    QUICK.send(pdf, "Slow")
    assert [printer.words for printer in Cups().printers()] == [
        "Desk (Desk by [the] window): ready, the usual one",
        "Attic: paused",
        "Busy: ready",
        "Cellar: not accepting",
        "Slow: busy",
    ]


def test_the_only_printer_is_the_usual_one(cups: PrivateCups) -> None:
    cups.add_queue("Office")
    assert [printer.usual for printer in Cups().printers()] == [True]


def test_words_are_read_in_english_whatever_the_language(
    cups: PrivateCups, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cups.add_queue("Office")
    for name in ("LANG", "LANGUAGE", "LC_ALL"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    assert Cups().send(pdf).ok
