"""The stages of a workshop, and how a room raises its hands."""
