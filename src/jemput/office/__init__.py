"""The office in the browser: the number, its proof, the people, the report. Thin pages, one domain call each."""
