"""A dossier answered line by line, without screens."""
