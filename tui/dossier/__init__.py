"""A dossier: its records, its file, its index. Knows neither Textual nor Rich.

The modules are imported one by one and this package names none of them, so that a look-up in
a shell loads only the few it needs.
"""
