"""Checking: a rule engine over pandoc's tree."""
