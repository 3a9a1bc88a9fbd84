#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pinyintable.cpp from Unihan_Readings.txt.bz2 (Debian: package unicode-data). The result is committed, so that
platforms without the package build. Usage: pinyintable.py [Unihan_Readings.txt.bz2] > pinyintable.cpp"""
import bz2
import collections
import re
import sys
import unicodedata

path = sys.argv[1] if len(sys.argv) > 1 else '/usr/share/unicode/Unihan_Readings.txt.bz2'


def toneless(syllable):
    letters = []
    for c in unicodedata.normalize('NFD', syllable.lower()):
        if c == '\u0308':
            letters[-1] = 'v'
        elif c == '\u0302':
            return ''
        elif c.isalpha():
            letters.append(c)
    plain = ''.join(letters)
    return plain if re.fullmatch(r'[a-z]+', plain) and re.search('[aeiouv]', plain) else ''


readings = collections.defaultdict(dict)
with bz2.open(path, 'rt', encoding='utf-8') as lines:
    for line in lines:
        if line.startswith('#') or not line.strip():
            continue
        code, key, value = line.rstrip('\n').split('\t')
        if key == 'kMandarin':
            found = value.split()
        elif key == 'kHanyuPinlu':
            found = re.sub(r'\(\d+\)', '', value).split()
        elif key == 'kTGHZ2013':
            found = [r for part in value.split() for r in part.split(':')[1].split(',')]
        else:
            continue
        readings[int(code[2:], 16)][key] = [t for t in map(toneless, found) if t]

first = collections.defaultdict(list)
further = collections.defaultdict(list)
rank = {}
for code, keys in sorted(readings.items()):
    ordered = []
    for key in ('kMandarin', 'kHanyuPinlu', 'kTGHZ2013'):
        for syllable in keys.get(key, []):
            if syllable not in ordered:
                ordered.append(syllable)
    if not ordered or code > 0xffff:
        continue
    first[ordered[0]].append(chr(code))
    for n, syllable in enumerate(ordered[1:4]):
        further[n, syllable].append(chr(code))

print('''// SPDX-License-Identifier: GPL-3.0-or-later AND Unicode-3.0
// SPDX-FileCopyrightText: Tongzhou CRM contributors
// SPDX-FileCopyrightText: 1991-2022 Unicode, Inc. (the readings, from the Unihan database)
// Made by pinyintable.py; do not edit.
// clang-format off
#include "core/locale/pinyintable.h"

namespace tz::pinyin::table {
''')


def block(name, rows):
    print(f'const Row {name}[] = {{')
    for syllable, chars in rows:
        text = ''.join(chars)
        pieces = [text[i:i + 36] for i in range(0, len(text), 36)]
        print(f'    {{"{syllable}",')
        print('\n'.join(f'     u"{piece}"' for piece in pieces) + '},')
    print('    {nullptr, nullptr}};\n')


block('first', sorted(first.items()))
block('further', [(s, c) for (n, s), c in sorted(further.items())])
print('} // namespace tz::pinyin::table')
