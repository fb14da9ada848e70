"""Cases, invented trials and rule examples, run against a base: the knowledge's own tests."""
