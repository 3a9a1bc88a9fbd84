// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/latelibrary.h"

#include <QFile>
#include <QFileInfo>
#include <QLibrary>

#if defined(Q_OS_WIN)
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace tz {

namespace {

/// Where this library lies; the programs and the tests are elsewhere, and some have no QCoreApplication.
QString folderOfThis()
{
#if defined(Q_OS_WIN)
    HMODULE module = nullptr;
    wchar_t path[MAX_PATH] = {};
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       reinterpret_cast<LPCWSTR>(&lateFunction), &module);
    GetModuleFileNameW(module, path, MAX_PATH);
    return QFileInfo(QString::fromWCharArray(path)).absolutePath();
#else
    Dl_info info = {};
    dladdr(reinterpret_cast<void *>(&lateFunction), &info);
    return QFileInfo(QFile::decodeName(info.dli_fname)).absolutePath();
#endif
}

} // namespace

QFunctionPointer lateFunction(const char *library, const char *function)
{
    QLibrary loaded(folderOfThis() + u'/' + QLatin1String(library));
    loaded.setLoadHints(QLibrary::PreventUnloadHint);
    const QFunctionPointer found = loaded.resolve(function);
    if (!found)
        qFatal("%s", qUtf8Printable(loaded.errorString()));
    return found;
}

} // namespace tz
