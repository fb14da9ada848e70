"""Papers of a workshop: the questionnaire that replaces a screen, the sheet of a scenario, the plan, the record."""
