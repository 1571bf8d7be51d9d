"""How good the ranking is: profiles with known answers, ranked by the portal's own score and by plain formulas."""
