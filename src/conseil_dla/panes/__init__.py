"""What screens show of a dossier, wherever it is: a question, the reading in brief, why, papers, what is typed."""
