"""Figures and records of other systems, taken in as declared: where they lie, what each column is, how often."""
