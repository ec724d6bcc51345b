"""The shop of the capture program."""
