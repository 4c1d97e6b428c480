"""The pages of records: their model, and a writer for each kind of record."""
