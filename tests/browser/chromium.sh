#!/bin/sh
# Sees to it that the tests in a browser have one: by apt where this is root on Debian or Ubuntu, else by saying what to do.
python=$1
find_it() { "$python" tests/browser/chromium.py; }

if [ -z "$CHROMIUM" ] && ! find_it >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the tests in a browser ..."
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y \
        chromium fonts-liberation fonts-noto-core; } >/dev/null 2>&1
fi
if ! find_it >/dev/null; then
    echo "No Chromium here, so the tests in a browser are left out. Install one, or name yours in CHROMIUM."
    # Where nobody reads that line it must not pass for success.
    [ -z "$CI" ] || [ "$CI" = false ]
fi
