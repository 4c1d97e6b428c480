"""Printers: a page or a result as lines for a terminal, plain text or Markdown."""
