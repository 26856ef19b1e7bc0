"""`ketalearn` and `python -m ketalearn`."""

import sys


def main() -> None:
    """Run the command line. The two shortest ways in are kept short: no word at all, and `--version`."""
    if sys.argv[1:] == ["--version"]:
        from ketalearn import __version__

        try:
            print(f"ketalearn {__version__}", flush=True)
        except OSError as error:
            # nothing is left to write, and the interpreter must not try again as it ends
            sys.stdout = None
            if not isinstance(error, BrokenPipeError):
                sys.exit(f"ketalearn: this cannot be written ({error.strerror})")
        return
    if len(sys.argv) == 1:
        # collecting garbage while everything is being imported finds none and costs a tenth of the start;
        # the app turns it on again after its first frame
        import gc

        gc.disable()
    from ketalearn.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
