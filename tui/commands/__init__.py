"""The commands, each a few lines that call below; only the one that is run is imported."""
