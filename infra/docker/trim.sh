#!/bin/sh
# Takes out of a Debian system what no service reads, and what differs from build to build. Who made which package, and
# under which licence, stays: /var/lib/dpkg, /usr/share/doc/*/copyright.
set -eu
# npm's own dependencies are what scanners of images complain of most.
rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
rm -rf /usr/local/include /usr/local/share /usr/share/man /usr/share/info /usr/share/locale /root/.npm* /usr/local/etc/npmrc /root/.cache /etc/pip.conf
rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /var/lib/dpkg/*-old /tmp/* /run/*
find /usr/share/doc -type f ! -name copyright -delete
find /usr/share/doc -type d -empty -delete
if command -v python3 >/dev/null; then
    find /usr/lib/python3* /usr/local/lib/python3* -type d \( -name __pycache__ -o -name tests \) -prune -exec rm -rf {} +
    # A layer's files all get one time, by which Python would take what it had compiled for outdated.
    PYTHONHASHSEED=0 python3 -m compileall -q -f --invalidation-mode unchecked-hash /usr/lib/python3* /usr/local/lib/python3* >/dev/null || true
fi
# Nobody becomes root in a container of this image, whoever starts it with which options.
find / -xdev -type f -perm /6000 -exec chmod a-s {} +
