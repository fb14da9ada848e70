"""Dossiers on disk: read with every mistake reported, written atomically, comments kept."""
