"""Excel workbooks, read as a person sees them."""
