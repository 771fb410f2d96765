"""Documents out: workbooks, and letters set by Typst from templates that take what people typed as data only."""
