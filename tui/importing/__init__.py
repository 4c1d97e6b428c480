"""CSV, TSV and JSON → a dossier, by a mapping."""
