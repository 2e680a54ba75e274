#!/bin/bash
# base.sh FOLDER VERSION: makes FOLDER/root, a Debian with this version of Node and with npm, and FOLDER/env, a variable
# for an image of it where npm needs one here.
set -euo pipefail
folder=$1 version=$2
mkdir -p "$folder"
debootstrap --variant=minbase --include=ca-certificates,libatomic1,libstdc++6 bookworm "$folder/root" >"$folder/log" 2>&1 ||
    { tail "$folder/log"; exit 1; }
root=$folder/root
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error "node@$version" >/dev/null
npm pack --silent npm@11 >/dev/null
cp node_modules/node/bin/node "$root/usr/local/bin/node"
modules=$root/usr/local/lib/node_modules/npm
mkdir -p "$modules"
tar -xzf npm-11*.tgz -C "$modules" --strip-components=1
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
chroot "$root" useradd -u 1000 -m node
# How npm and pip reach their registries here.
copy() { if [ -n "$1" ] && [ -f "$1" ]; then mkdir -p "$(dirname "$root$2")" && cp "$1" "$root$2"; fi; }
copy "$(npm config get globalconfig)" /usr/local/etc/npmrc
copy "$(npm config get userconfig)" /root/.npmrc
copy /etc/pip.conf /etc/pip.conf
authority=$(pip3 config get global.cert 2>/dev/null || true)
copy "$authority" "$authority"
authority=$(npm config get cafile)
# Which of npm's configurations is read depends on where Node lies.
[ -f "$authority" ] || authority=${NODE_EXTRA_CA_CERTS:-}
if [ -f "$authority" ]; then
    copy "$authority" "$authority"
    echo "ENV NODE_EXTRA_CA_CERTS=$authority" >env
fi
