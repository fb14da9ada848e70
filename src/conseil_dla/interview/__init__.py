"""Conversations as pure state machines: no screen, no file, no engine."""
