"""What a workshop says: the steps of a reading put to a room, what an answer changed, and the record."""
