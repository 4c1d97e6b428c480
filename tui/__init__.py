"""Summitry: a keyboard-driven terminal explorer of a country's diplomacy."""

__version__ = "0.1.0"
