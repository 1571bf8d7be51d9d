"""A story to try the portal with: invented offices, partners and clients, played through the portal's own verbs."""
