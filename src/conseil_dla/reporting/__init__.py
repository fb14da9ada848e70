"""Readings, explanations and diagnostics made into words. Never decides, never prints."""
