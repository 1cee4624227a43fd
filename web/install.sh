#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Loads the npm packages of each folder named, or of its own, if they are not there as package-lock.json says.
#   web/install.sh [FOLDER]…
set -eu
[ $# -gt 0 ] || set -- "$(dirname "$0")"
for folder in "$@"; do (
  cd "$folder"
  [ -d node_modules ] && [ ! package-lock.json -nt node_modules ] && exit 0
  npm ci --no-audit --no-fund >/dev/null
  touch node_modules
) done
