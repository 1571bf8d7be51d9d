"""The kernel every app needs, and the pages that belong to none."""

import os
import time

os.environ.setdefault("PICCOLO_CONF", "portal.conf")

# `date.today()` is the day in western Indonesia wherever the server stands. A POSIX zone, which needs no zone files;
# `portal.database` gives its sessions the same clock, so that `current_date` is the same day.
os.environ["TZ"] = "WIB-7"
time.tzset()
