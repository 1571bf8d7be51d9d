"""The vacancy index: one port, and the implementation that answers now."""
