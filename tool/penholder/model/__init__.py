"""Typed models of everything an author writes (pydantic lives in this room only)."""
