"""The panes of the explorer's screen and the lines around them."""
