// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "cli/commandline.h"
#include "core/base/result.h"

namespace tz::cli {

class Context;

/// One verb of the command line.
class Command {
public:
    virtual ~Command() = default;
    virtual const CommandSpec &spec() const = 0;
    virtual Result<> run(Context &context) = 0;
};

using Commands = std::vector<std::unique_ptr<Command>>;

/// Every verb there is, in the order in which help lists them.
Commands allCommands();

void addAccountCommands(Commands &to);
void addRecordCommands(Commands &to);
void addQueryCommands(Commands &to);
void addFileCommands(Commands &to);
void addExportCommand(Commands &to);
void addHeldCommand(Commands &to);
void addMergeCommand(Commands &to);
void addSyncCommands(Commands &to);
void addCatalogCommands(Commands &to);
void addAttachmentCommands(Commands &to);

} // namespace tz::cli
