"""A scenario put to a room: votes, two variants, « et si », the record; its words, papers and screens."""
