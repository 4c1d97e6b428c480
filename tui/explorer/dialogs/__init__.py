"""What opens over the panes: choices, questions, the sources of a claim, the palette."""
