"""How well and how fast texts are resolved: what `portal bench vocabulary` stands on."""
