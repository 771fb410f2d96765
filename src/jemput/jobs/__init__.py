"""Clockwork: the kinds of long work, and the threads that do what is due."""
