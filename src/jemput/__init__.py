"""Jemput: the e-KTP recording loop of an Indonesian civil registration office."""

__version__ = "0.1.0"
