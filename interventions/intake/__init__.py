"""Results read in from a file: shown first, then done whole, and taken back whole."""
