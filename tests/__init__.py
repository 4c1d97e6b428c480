"""The tests of Summitry."""
