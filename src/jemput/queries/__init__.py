"""Reading: one noun a file, plain frozen values out."""
