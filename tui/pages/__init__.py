"""What stands on the page of each kind of record."""
