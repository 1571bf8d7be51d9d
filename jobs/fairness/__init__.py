"""Whether lists of clients for a vacancy show every group as often as it could be shown; docs/fairness.md tells the formulas.

Nothing outside this package names its tables, and nothing that scores imports it: what is recorded here moves no score.
"""
