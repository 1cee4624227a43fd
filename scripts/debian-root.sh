# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Folders that hold a release of Debian, to build and to test in. To be sourced by a script with `set -euo pipefail`; takes root.

# Makes RELEASE in FOLDER, of what every Debian has and no more, unless it is there.
make_root() { # release folder
  # The mark is made last: a folder without it was left half made.
  [ ! -e "$2/.complete" ] || return 0
  [ "$(id -u)" -eq 0 ] || { echo "$0: chroot takes root" >&2; return 1; }
  # The mirror that this machine has its own packages from.
  local mirror
  # shellcheck disable=SC2016 # apt fills it in
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' | head -n 1)
  [ -n "$mirror" ] || { echo "$0: apt knows no mirror of Debian" >&2; return 1; }
  echo "== $1 in $2"
  mkdir -p "$2"
  debootstrap --variant=minbase "$1" "$2" "$mirror" >"$2.log" || { tail "$2.log" >&2; return 1; }
  rm "$2.log"
  touch "$2/.complete"
}

# Runs a command in FOLDER, with this machine's /proc, /sys, /dev, network and proxy, and no other of its variables. Its mounts
# are in a namespace of their own, and are gone with it, however it ends.
in_root() { # folder command...
  cp /etc/resolv.conf "$1/etc/resolv.conf"
  # shellcheck disable=SC2016 # $0 and $@ are the inner shell's
  unshare --mount --propagation private bash -euc '
    mount --bind "$0" "$0" # so that "/" is a file system of its own there, as anywhere
    for folder in proc sys dev; do mount --rbind /$folder "$0/$folder"; done
    exec chroot "$0" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
      DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
  ' "$@"
}
