// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
// A library that is not a plugin.
extern "C" __attribute__((visibility("default"))) int tongzhouNothing()
{
    return 0;
}
