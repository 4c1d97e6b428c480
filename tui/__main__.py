"""Run Summitry: ``summitry``, or ``python -m tui``."""

try:
    from tui.cli import run
except KeyboardInterrupt:  # before there is anything to leave in good order
    raise SystemExit(130) from None

if __name__ == "__main__":
    run()
