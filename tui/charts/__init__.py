"""Charts of events as data and lines of text; the explorer and the shell show them."""
