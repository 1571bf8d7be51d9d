"""Where this machine's Chromium is; run as a program it prints the path, or fails."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def chromium() -> str | None:
    """CHROMIUM, if it is set, and nothing else; else the first of the usual ones that can be run."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((found for name in (*NAMES, *PLACES) if (found := shutil.which(name))), None)


if __name__ == "__main__":
    found = chromium()
    print(found or "")
    sys.exit(not found)
