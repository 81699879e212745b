"""HTML, one module a group of pages: get what the person may see, call one verb, render."""
