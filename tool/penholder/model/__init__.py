"""Typed models of everything an author writes (msgspec lives in this room only)."""
