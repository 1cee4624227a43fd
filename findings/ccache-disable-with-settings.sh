#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ccache 4.7.5: `ccache KEY=VALUE… compiler …`, its own way to give settings on the command line, compiles; with CCACHE_DISABLE=1 in
# the environment the same line fails, as the first KEY=VALUE is then taken for the compiler. A build whose launcher is set up like
# that breaks for whoever turns ccache off. Settings given by environment variables (CCACHE_SLOPPINESS=…) work both ways.
# Guess before: with CCACHE_DISABLE the settings are skipped and the compiler runs.
# Ends with 0 if that is still so, 1 if it has changed. Needs Debian 12 on amd64 with its own package sources and gcc; installs nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq -o APT::Sandbox::User=root ccache=4.8+really4.7.5-1 libhiredis0.14
for package in ./*.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu CCACHE_DIR=$folder/cache
ccache=root/usr/bin/ccache
echo 'int answer(void) { return 42; }' >answer.c

try() { # what command...
  rm -f answer.o
  if said=$("${@:2}" 2>&1) && [ -f answer.o ]; then echo "$1: compiled"; else echo "$1: $said"; fi
}
seen=$("$ccache" --version | head -n 1
  try 'settings as arguments' "$ccache" sloppiness=time_macros gcc -c answer.c -o answer.o
  try 'the same, disabled' env CCACHE_DISABLE=1 "$ccache" sloppiness=time_macros gcc -c answer.c -o answer.o
  try 'settings in the environment, disabled' env CCACHE_DISABLE=1 CCACHE_SLOPPINESS=time_macros "$ccache" gcc -c answer.c -o answer.o)
expected='ccache version 4.7.5
settings as arguments: compiled
the same, disabled: ccache: error: Could not find compiler "sloppiness=time_macros" in PATH
settings in the environment, disabled: compiled'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; it was:\n%s\n' "$expected" >&2; exit 1; }
