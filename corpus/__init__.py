"""Invented reports with their truth: the yardstick of the checker's accuracy."""
