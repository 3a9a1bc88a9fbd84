// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/blobwire.h"
#include "server/accounts/accounts.h"
#include "server/api/service.h"

/// The contents of attached files, on their way in and out. Everything is asked for through a record and a field that
/// the user may see and in which the file stands now; otherwise the answer is record.unknown_record, whether the
/// record, the file or the content exists or not.
namespace tz::server::blobs {

/// So many uploads of one device may be unfinished.
inline constexpr int uploadsPerDevice = 16;

/// What is still to be sent. Errors: record.unknown_record, attachment.wrong_content (size or number of pieces do not
/// fit), attachment.too_many_uploads {limit, seconds}.
Result<wire::BlobMissing> offer(Service &service, const Session &session, const wire::BlobOffer &offer);
/// Errors: attachment.not_offered, attachment.wrong_piece.
Result<> take(Service &service, const Session &session, const wire::BlobPiece &piece);
/// Checks the whole. Errors: record.unknown_record, attachment.not_offered, attachment.incomplete,
/// attachment.wrong_content: then what came is given up.
Result<> finish(Service &service, const Session &session, const wire::BlobDone &done);
/// Errors: record.unknown_record, attachment.not_yet.
Result<wire::BlobPart> fetch(Service &service, const Session &session, const wire::BlobFetch &question);
Result<wire::BlobSeen> look(Service &service, const Session &session, const wire::BlobLook &question);

/// Some of the pieces that belong to nothing any more; false: there are none left.
Result<bool> sweep(Service &service);
/// Contents that nothing names for 30 days go; uploads of which nothing came for a week too.
Result<> retain(Service &service);

} // namespace tz::server::blobs
