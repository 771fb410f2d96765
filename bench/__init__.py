"""Benchmarks: one file a figure, each prints ratios measured side by side in one run."""
