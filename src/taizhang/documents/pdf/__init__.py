"""PDF files with text: read into drafts, and handed back with highlights on the exact words."""
