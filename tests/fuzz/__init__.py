"""Fuzzers: many inputs that somebody could have made, from a seed, against a rule that no input may break.

``test_fuzz.py`` runs a fixed number of cases of each; ``python -m tests.fuzz`` runs other seeds for as long as asked.
"""
