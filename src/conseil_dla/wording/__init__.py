"""Readings, explanations and findings made into words, the same for every front end. Never decides, never prints."""
