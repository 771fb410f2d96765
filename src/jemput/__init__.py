"""Jemput: the e-KTP recording loop of an Indonesian civil registration office."""
