"""What a base is: its values, how its files are read, and what its conditions mean of one dossier.

Standard library only, but for the reading of files.
"""
