"""Conversations as pure state machines: no screen, nothing read or written, no engine."""
