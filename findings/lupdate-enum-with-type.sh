#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Qt's lupdate 6.4.2 (and 6.8.2): behind an unscoped enum with an underlying type, `enum Kind : int { … };`, the texts of a class's
# member functions lose their class. Within a namespace they are written down in the namespace's context, and the warning speaks of
# something else ("Class 'shop' lacks Q_OBJECT macro"); outside one lupdate warns and leaves them out.
# The program looks them up in the class's context, so they stay untranslated. An enum without a type, or `enum class Kind : int`,
# does no harm.
# Guess before: C++11's form of an enum is read like any other.
# Ends with 0 if that is still so, 1 if it has changed. Needs Debian 12 on amd64 with its own package sources; installs nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
packages=(qt6-l10n-tools=6.4.2~rc1-2 libqt6core6=6.4.2+dfsg-10 libqt6network6=6.4.2+dfsg-10 libqt6qml6 libclang-cpp15 libllvm15
          libb2-1 libbrotli1 libbsd0 libdouble-conversion3 libedit2 libffi8 libglib2.0-0 libgomp1 libgssapi-krb5-2 libicu72 libk5crypto3
          libkeyutils1 libkrb5-3 libkrb5support0 libmd0 libpcre2-16-0 libpcre2-8-0 libproxy1v5 libtinfo6 libxml2 libz3-4 libzstd1)
apt-get download -qq -o APT::Sandbox::User=root "${packages[@]}"
for package in ./*.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/lib/x86_64-linux-gnu
lupdate=root/usr/lib/qt6/bin/lupdate

seen=$("$lupdate" -version)
for enum in 'enum Kind { Usage, Rate };' 'enum class Kind : int { Usage, Rate };' 'enum Kind : int { Usage, Rate };'; do
  cat >panel.cpp <<CPP
namespace shop {
class Panel : public QObject
{
    Q_OBJECT
public:
    QString title() const;
};
$enum
QString Panel::title() const { return tr("Title"); }
}
CPP
  rm -f panel.ts
  "$lupdate" -silent panel.cpp -ts panel.ts
  seen+=$'\n'"$enum  ->  $(sed -n 's/ *<name>\(.*\)<\/name>/\1/p' panel.ts)"
done
expected='lupdate version 6.4.2
enum Kind { Usage, Rate };  ->  shop::Panel
enum class Kind : int { Usage, Rate };  ->  shop::Panel
enum Kind : int { Usage, Rate };  ->  shop'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; it was:\n%s\n' "$expected" >&2; exit 1; }
