"""The office in the browser: one module a noun, one domain call a page."""
