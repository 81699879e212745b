"""One module for each output: terminal, JSON, SARIF, HTML, Excel, and notes in a copy of the Word or PDF file."""
