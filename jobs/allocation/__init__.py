"""Allocation: who is proposed which open position, so that all together fit as well as they can."""
