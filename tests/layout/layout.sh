#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# layout.sh RULE [FILE]: prints what breaks the rule; exit code 1 when something does. Runs in the source folder.
set -u
rule=$1
broken=0

say() {
    echo "$1"
    broken=1
}

sources() {
    find app modules tests -type f \( -name '*.h' -o -name '*.cpp' \)
}

# forbid FOLDERS PATTERN REMEDY: no #include of PATTERN in FOLDERS.
forbid() {
    local found
    # shellcheck disable=SC2086
    found=$(grep -rnE --include=*.h --include=*.cpp "^#include [\"<]($2)" $1 2>/dev/null)
    [ -z "$found" ] || say "$found
  → $3"
}

case $rule in
includes)
    # Data flows downward: core, replica, workbench, desktop; the server and the command line stand beside.
    forbid app/core "(replica|workbench|desktop|server|cli|catalogtool)/" "core includes nothing above itself"
    forbid app/catalogtool "(replica|workbench|desktop|server|cli)/" "the build tool uses core alone"
    forbid app/replica "(workbench|desktop|server|cli)/" "the sync client uses core alone"
    forbid app/workbench "(desktop|server|cli)/" "the workbench uses core and replica"
    forbid app/desktop "(server|cli)/" "the desktop uses workbench, replica and core"
    forbid app/server "(replica|workbench|desktop|cli)/" "the server uses core alone"
    forbid app/cli "(workbench|desktop|server)/" "the command line uses core and replica"
    forbid "app/core app/server app/cli $(echo modules/*/logic)" \
        "Q(Widget|Application|Icon|Pixmap|Painter|Color|Font|Dialog|Label|Layout|GuiApplication)>" \
        "no widgets and no Qt Gui in the headless half"
    forbid "$(echo modules/*/logic)" "(replica|workbench|desktop|server|cli)/" "a department's logic uses core alone"
    for folder in modules/*/; do
        id=$(basename "$folder")
        # Departments meet through links and names, never through code.
        for other in modules/*/; do
            other=$(basename "$other")
            [ "$other" = "$id" ] || forbid "$folder" "$other/(logic|views)/" "departments never include each other's code"
        done
    done
    ;;
sql)
    # SQL text is at home in the store, in the writer of expressions, in the rooms of the server and in
    # the sync client, which keeps its own tables in the replica.
    found=$(grep -rnE --include=*.h --include=*.cpp \
        '"[^"]*\b(SELECT [^"]* FROM|INSERT INTO|UPDATE [a-z_"]+ SET|DELETE FROM|CREATE (TABLE|INDEX)|DROP TABLE|ALTER TABLE)\b' app modules |
        grep -vE '^app/(core/store|core/expression|server/(storage|postgres|api|copies|feed|scopes|accounts|webhooks)|replica/(replicator|workspace))/')
    [ -z "$found" ] || say "$found
  → ask with Query, write with RecordStore; SQL belongs to app/core/store and the rooms of app/server"
    ;;
length)
    while read -r lines file; do
        [ "$file" = total ] || [ "$lines" -le 800 ] || head -5 "$file" | grep -q "do not edit" ||
            say "$file has $lines lines → make two of it (800 at most, 500 are better)"
    done < <(sources | xargs wc -l)
    ;;
licence)
    found=$(sources | xargs awk 'FNR == 1 && !/^\/\/ SPDX-License-Identifier: GPL-3.0-or-later/ { print FILENAME }
        FNR == 2 && !/^\/\/ SPDX-FileCopyrightText: Tongzhou CRM contributors$/ { print FILENAME }' | sort -u)
    [ -z "$found" ] || say "$found
  → begin it with the two SPDX lines"
    while read -r file; do
        head -2 "$file" | grep -q "SPDX-License-Identifier: GPL-3.0-or-later" || say "$file → begin it with the SPDX line"
    done < <(find . -path ./build -prune -o \( -name CMakeLists.txt -o -name '*.cmake' \) -print)
    ;;
unfinished)
    marks="TO""DO|FIX""ME|XX""X|HA""CK"
    found=$(grep -rnwE --include=*.h --include=*.cpp --include=*.sh --include=CMakeLists.txt "$marks" app modules tests)
    [ -z "$found" ] || say "$found
  → finish it, or write an issue and say its number"
    ;;
mutants)
    for mutant in tests/simulation/mutants/*.patch; do
        patch --dry-run --silent --force --fuzz=0 -p1 <"$mutant" >/dev/null || say "$mutant does not apply
  → what it changes has changed: bring it up to date, and see that a seed catches it (./dev mutants)"
    done
    ;;
headless)
    found=$(readelf -d "$2" | grep -E 'NEEDED.*(Qt6Gui|Qt6Widgets|Qt6Svg|Qt6Charts|Qt6PrintSupport|libtongzhou_workbench)')
    [ -z "$found" ] || say "$2 links
$found
  → widgets belong to views/"
    ;;
*)
    say "unknown rule $rule"
    ;;
esac
exit $broken
