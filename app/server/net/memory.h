// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

/// How the server uses the memory of the machine. With another C library than glibc, which keeps what was freed for the
/// thread that had it, there is nothing to do.
namespace tz::server::memory {

/// At the start of the program, before there are threads.
void configure();
/// Gives back what is free between pieces in use: after large pushes most of what was taken. Takes milliseconds. Any
/// thread.
void giveBack();

} // namespace tz::server::memory
