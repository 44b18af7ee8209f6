#!/bin/sh
# Installs the released windsock for Linux (glibc 2.34 or later) without Swift, root or a package manager.
#
#     sh install.sh                       into ~/.local; WINDSOCK_PREFIX=/usr/local sh install.sh elsewhere
#
# WINDSOCK_VERSION   the release to take; default the one this script belongs to
# WINDSOCK_SHA256    the digest that the archive must have; without it the release's own SHA256SUMS is believed, which shows
#                    a broken download and not a forged release. `gh attestation verify` shows that.
# WINDSOCK_RELEASES  where releases are; default those on GitHub
set -eu

# All of it is read before any of it is run: a script that was cut on its way does nothing.
install_windsock() {
version=${WINDSOCK_VERSION:-0.1.0}
home=${HOME:-}
prefix=${WINDSOCK_PREFIX:-${home:+$home/.local}}
releases=${WINDSOCK_RELEASES:-https://github.com/windsock-scanner/windsock/releases/download}

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

[ -n "$prefix" ] || fail "HOME is not set: say with WINDSOCK_PREFIX where to install"
[ "$(uname -s)" = Linux ] || fail "there is no release for $(uname -s); build it from source: https://github.com/windsock-scanner/windsock#building"
case $(uname -m) in
x86_64 | amd64) machine=x86_64 ;;
*) fail "there is no release for $(uname -m); build it from source: https://github.com/windsock-scanner/windsock#building" ;;
esac

name=windsock-$version-linux-$machine
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

fetch() {
    if command -v curl >/dev/null; then
        curl --silent --show-error --fail --location --output "$2" "$1" || fail "could not download $1"
    elif command -v wget >/dev/null; then
        wget --quiet --output-document "$2" "$1" || fail "could not download $1"
    else
        fail "neither curl nor wget is installed; install one of them"
    fi
}

fetch "$releases/v$version/$name.tar.gz" "$folder/$name.tar.gz"
digest=${WINDSOCK_SHA256:-}
if [ -z "$digest" ]; then
    fetch "$releases/v$version/SHA256SUMS" "$folder/SHA256SUMS"
    digest=$(awk -v name="$name.tar.gz" '$2 == name { print $1 }' "$folder/SHA256SUMS")
    [ -n "$digest" ] || fail "SHA256SUMS of $version does not name $name.tar.gz"
fi
real=$(sha256sum "$folder/$name.tar.gz" | cut -d ' ' -f 1)
[ "$real" = "$digest" ] || fail "$name.tar.gz has the SHA-256 $real and not $digest; nothing was installed"

tar -xzf "$folder/$name.tar.gz" -C "$folder"
"$folder/$name/bin/windsock" --version >/dev/null ||
    fail "the executable does not run here; it needs glibc 2.34 or later (Debian 12, Ubuntu 22.04, RHEL 9, Fedora 35)"
[ ! -d "$prefix/bin/windsock" ] || fail "$prefix/bin/windsock is a folder; nothing was installed"
umask 022
mkdir -p "$prefix/bin" "$prefix/share"
# Renamed into place, so that a scan that runs keeps its own.
cp "$folder/$name/bin/windsock" "$prefix/bin/.windsock.$$"
mv "$prefix/bin/.windsock.$$" "$prefix/bin/windsock"
cp -R "$folder/$name/share/." "$prefix/share/"
echo "installed $prefix/bin/windsock $version"
case :${PATH:-}: in
*:"$prefix/bin":*) ;;
*) echo "$prefix/bin is not in PATH" ;;
esac
}

install_windsock
