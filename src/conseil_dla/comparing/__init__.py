"""Dossiers side by side. Compares what is already read; decides nothing and words nothing."""
