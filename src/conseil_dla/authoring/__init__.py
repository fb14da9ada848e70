"""For who writes the rules: schemas, proofs, trials, what a version changes, the site, and the watch of a folder."""
