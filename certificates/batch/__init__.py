"""Many certificates at once: a ZIP of PDFs, a spreadsheet or a pasted list becomes rows, rows become answers."""
