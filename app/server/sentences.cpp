// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/sentences.h"

#include "core/base/messages.h"

namespace tz::server {

void addServerSentences()
{
    struct Sentence {
        const char *code;
        const char *text;
    };
    static constexpr Sentence sentences[] = {
        {"server.not_initialised", "There is no server in {path}. Make one with: tongzhou-server init --data {path} …"},
        {"server.already_initialised", "There is a server in {path} already. Nothing was changed."},
        {"server.bad_database", "The address of the database cannot be used: {reason}. It looks like "
                                "postgresql://crm@db.example.com/crm?schema=tongzhou."},
        {"server.database_unfit", "The database cannot be used: {reason}."},
        {"server.database_empty",
         "There is no server in {path}. Make one with: tongzhou-server init --data DIR --database URL …"},
        {"server.database_not_empty", "There are tables of others in {path}. Choose a schema that is empty or new."},
        {"server.has_file", "There is a server in the file {path}. Move it into the database with: tongzhou-server "
                            "migrate --data DIR --to URL"},
        {"server.migration_differs",
         "What arrived in table {table} is not what was sent. Nothing was changed; the old server goes on."},
        {"server.in_use", "A server (process {pid}) uses {path}. Stop it first."},
        {"server.no_departments", "No departments were found in {path}. Set TONGZHOU_DEPARTMENTS to their folder."},
        {"server.departments_failed",
         "The department {department} does not run, so changes cannot be judged: {reason}"},
        {"server.no_foundation", "The catalog lacks {entity}: the department foundation is missing or incomplete."},
        {"server.missing_option", "{option} is missing."},
        {"server.cannot_read", "{path} cannot be read: {reason}"},
        {"server.cannot_write", "{path} cannot be written: {reason}"},
        {"server.no_crypto", "The cryptographic library cannot be used on this machine."},
        {"server.no_memory", "There is not enough memory to check a password (64 MB are needed)."},
        {"account.password_short", "The password is empty. Write it into the first line of the file."},
        {"account.password_long", "The password is too long; {max} bytes are the most."},
        {"account.user_exists", "There is a user {name} already."},
        {"account.unknown_user", "There is no user {name}."},
        {"account.unknown_role", "There is no role {name}. \"tongzhou-cli query foundation.role\" lists them."},
        {"account.unknown_device", "There is no device {id}. \"tongzhou-server device list\" shows them."},
        {"account.unsent_work", "Device {id} had {count} unsent changes when it was here last; they would be lost with "
                                "its copy. Wait until it "
                                "has sent them, or give --discard-unsent too."},
        {"net.bad_address", "{address} is no address to listen on. Write it as 127.0.0.1:8420 or [::1]:8420."},
        {"net.tls_required",
         "Without a certificate the server listens on loopback only, not on {address}. Give --tls-cert and --tls-key."},
        {"net.certificate", "The certificate or key in {path} cannot be used: {reason}"},
        {"net.cannot_listen", "The server cannot listen on {address}, port {port}: {reason}"},
    };
    for (const Sentence &sentence : sentences) {
        if (!hasSentence(sentence.code))
            addSentence(sentence.code, "server", sentence.text);
    }
}

} // namespace tz::server
