"""The screens: where one begins, answers, reads, and keeps; the same in a browser."""
