"""The kernel every app needs, and the pages that belong to none."""

import os

os.environ.setdefault("PICCOLO_CONF", "portal.conf")
