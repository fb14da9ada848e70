"""Papers to take away: one content, made of blocks, that every kind of file writes."""
