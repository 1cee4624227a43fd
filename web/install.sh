#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Loads the npm packages of the folder it is in, if they are not there as package-lock.json says.
set -eu
cd "$(dirname "$0")"
[ -d node_modules ] && [ ! package-lock.json -nt node_modules ] && exit 0
npm ci --no-audit --no-fund >/dev/null
touch node_modules
