"""The rules of a good dossier, by what they look at: the file, the records, their links, prose."""
