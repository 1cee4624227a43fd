#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Qt 6.4.2 on Linux: QTimeZone("Nowhere") is valid, at UTC. A word of three letters or more that names no file of the system's zones
# is taken for a POSIX rule (as "CET-1") without an offset. isTimeZoneIdAvailable("Nowhere") is false, so isValid() tells no
# misspelt zone apart; with a slash in it ("Europe/Pariss") or of two letters it does.
# Guess before: isValid() is false for a name that is no zone.
# Ends with 0 if that is still so, 1 if it has changed. Needs Debian 12 on amd64 with its own package sources; installs nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
packages=(python3-pyqt6=6.4.2-1 python3-pyqt6.sip libqt6core6=6.4.2+dfsg-10 libb2-1 libdouble-conversion3 libglib2.0-0 libicu72 libpcre2-16-0
          libpcre2-8-0 libzstd1 python3.11-minimal libpython3.11-minimal libpython3.11-stdlib)
apt-get download -qq -o APT::Sandbox::User=root "${packages[@]}"
for package in ./*.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/lib/x86_64-linux-gnu
cat > try.py <<'PY'
from PyQt6.QtCore import QDateTime, QTimeZone, qVersion
print("Qt", qVersion())
now = QDateTime.currentDateTimeUtc()
for name in (b"Nowhere", b"Xyz", b"No", b"Europe/Pariss", b"Europe/Paris"):
    zone = QTimeZone(name)
    offset = zone.offsetFromUtc(now) if zone.isValid() and name != b"Europe/Paris" else "-"
    print(f"{name.decode()}: valid {zone.isValid()}, offset {offset}, available {QTimeZone.isTimeZoneIdAvailable(name)}")
PY
seen=$(PYTHONHOME=$folder/root/usr PYTHONPATH=$folder/root/usr/lib/python3/dist-packages root/usr/bin/python3.11 try.py)
expected='Qt 6.4.2
Nowhere: valid True, offset 0, available False
Xyz: valid True, offset 0, available False
No: valid False, offset -, available False
Europe/Pariss: valid False, offset -, available False
Europe/Paris: valid True, offset -, available True'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; it was:\n%s\n' "$expected" >&2; exit 1; }
