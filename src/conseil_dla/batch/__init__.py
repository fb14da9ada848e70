"""Many dossiers at once: what is given, what is concluded of each, what is found in all of them together."""
