"""The explorer in a browser, by textual-serve; the extra `web`."""
