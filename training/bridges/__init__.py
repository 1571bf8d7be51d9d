"""Other people's lists (ESCO, KBJI, SKKNI), read from files an administrator owns and kept as bridges to our entries.

Nothing of the vocabulary depends on them.
"""
