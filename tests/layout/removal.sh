#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# removal.sh SOURCE WORK CATALOG DEPARTMENT…: each department that no other needs is left out once; the rest must
# configure and pass the check of declarations.
set -eu
source=$1 work=$2 catalog=$3
shift 3
removed=0
for id in "$@"; do
    needed=no
    for other in "$@"; do
        if [ "$other" != "$id" ] && grep -A3 '"needs"' "$source/modules/$other/module.json" | sed 's/"uses".*//' | grep -q "\"$id\""; then
            needed=yes
        fi
    done
    [ "$needed" = no ] || continue
    rest=()
    folders=()
    for other in "$@"; do
        [ "$other" = "$id" ] || { rest+=("$other"); folders+=("$source/modules/$other"); }
    done
    echo "without $id:"
    "$catalog" check "${folders[@]}"
    list=$(IFS=';'; echo "${rest[*]}")
    rm -rf "$work"
    cmake -S "$source" -B "$work" -G Ninja -DTONGZHOU_GUI=OFF -DTONGZHOU_TESTS=OFF "-DTONGZHOU_DEPARTMENTS=$list" > "$work.log" 2>&1 ||
        { cat "$work.log"; exit 1; }
    if grep -q "CMakeFiles/${id}_logic.dir" "$work/build.ninja"; then
        echo "$id is still built"
        exit 1
    fi
    removed=$((removed + 1))
done
[ "$removed" -gt 0 ] || { echo "no department can be left out"; exit 1; }
