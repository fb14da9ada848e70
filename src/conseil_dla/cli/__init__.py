"""The command line: arguments make one call and one report. No logic here.

Exit codes: 0 done · 1 only where something was proved wrong (verifier, essayer), or has changed (differences) · 2
unusable input or usage.
stdout carries the result and nothing else; everything that is said about it goes to stderr.
"""
