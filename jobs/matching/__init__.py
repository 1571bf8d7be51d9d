"""Matching: how well one person and one vacancy fit, and why. Pure functions, without database or clock."""
