"""The kernel every app needs, and the pages that belong to none."""

import os
import time

os.environ.setdefault("PICCOLO_CONF", "portal.conf")

# There is one process a core, so threads of the numerical library would only fight: on two busy cores they made the
# sentence encoder slower by a factor of hundreds. It counts for whoever imports numpy after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# `date.today()` is the day in western Indonesia wherever the server stands. A POSIX zone, which needs no zone files;
# `portal.database` gives its sessions the same clock, so that `current_date` is the same day.
os.environ["TZ"] = "WIB-7"
time.tzset()
