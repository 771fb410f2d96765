"""The rules of civil registration, pure: no framework, no clock, no input or output, no randomness."""
