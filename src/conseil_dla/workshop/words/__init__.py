"""What a workshop says: the steps of a reading put to a room and what an answer changed."""
