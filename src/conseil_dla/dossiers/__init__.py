"""Dossiers, and what lies beside them: the profile of a territory, workshops, drafts, cells that a spreadsheet gives.

Read with every mistake reported; locked, merged with what others wrote, written atomically, comments kept.
"""
