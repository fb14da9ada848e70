"""The screens: where one begins, answers, reads and keeps; structures and territory; the same in a browser."""
