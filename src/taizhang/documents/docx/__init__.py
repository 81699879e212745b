"""Word files: read into drafts, and handed back with comments on the exact words."""
