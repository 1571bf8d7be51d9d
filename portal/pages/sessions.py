"""Signing in, by password or by one-time code, and out."""

ROUTES: list = []
