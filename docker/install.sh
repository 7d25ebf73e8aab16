#!/usr/bin/env bash
# Installs the packages of packages.txt that this machine lacks; asks nothing when none is missing.
# Usage: docker/install.sh [build|run|test]…      (without a group: build and run)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
export DEBIAN_FRONTEND=noninteractive

fail() {
    printf 'install: %s\n' "$*" >&2
    exit 1
}

# The packages of one group, each with its command or a dash.
listed() {
    awk -v group="[$1]" '/^#/ || !NF { next }
        /^\[/ { inside = ($1 == group); next }
        inside { print $1, (NF > 1 ? $2 : "-") }' "$here/packages.txt"
}

missing_of() {
    local package program installed
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n')
    while read -r package program; do
        [[ $program != - ]] && command -v "$program" >/dev/null && continue
        grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done < <(listed "$1")
}

apt() {
    local become=()
    if ((EUID != 0)); then
        become=(sudo)
        [[ -t 0 ]] || become=(sudo --non-interactive)
    fi
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# A fresh machine has no package lists, an old one has lists that name files long replaced.
install() {
    apt install --yes --no-install-recommends "$@" && return
    printf 'install: refreshing the package lists and trying again\n'
    apt update
    apt install --yes --no-install-recommends "$@"
}

main() {
    local groups=("$@") group missing=()
    ((${#groups[@]})) || groups=(build run)
    command -v dpkg-query >/dev/null || fail "this is no Debian system; docker/packages.txt names what is needed"
    for group in "${groups[@]}"; do
        [[ -n $(listed "$group") ]] || fail "no group \"$group\" in docker/packages.txt (build, run, test)"
        mapfile -t -O "${#missing[@]}" missing < <(missing_of "$group")
    done
    ((${#missing[@]})) || return 0

    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        fail "needs root or sudo to install: ${missing[*]}"
    fi
    printf 'install: %d packages for %s: %s\n' "${#missing[@]}" "${groups[*]}" "${missing[*]}"
    # Quiet first look: without lists apt knows no candidate, and its complaint would only alarm.
    apt-cache show "${missing[@]}" >/dev/null 2>&1 || apt update
    install "${missing[@]}" || fail "apt-get could not install: ${missing[*]}"
}

main "$@"
