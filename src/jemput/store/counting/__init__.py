"""Counting: the rule as one SQL text, the sums of what it yields, and the closed 28ths."""
