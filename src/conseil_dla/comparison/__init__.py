"""Two dossiers side by side, and the views of several people on one: what differs, in words, files and screens."""
