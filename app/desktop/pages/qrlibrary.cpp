// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include <QImage>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

/// The QR code of a text of ASCII characters, a pixel for each module; the caller owns it. A library of its own: hardly
/// any run of the program draws one.
extern "C" Q_DECL_EXPORT QImage *tongzhou_make_qr(const QString &text)
{
    // Blank modules around a QR code (ISO/IEC 18004).
    constexpr int quietZone = 4;
    const ZXing::BitMatrix code =
        ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(quietZone).encode(text.toStdWString(), 0, 0);
    auto *image = new QImage(code.width(), code.height(), QImage::Format_RGB32);
    for (int y = 0; y < code.height(); ++y) {
        for (int x = 0; x < code.width(); ++x)
            image->setPixel(x, y, code.get(x, y) ? 0xff000000 : 0xffffffff);
    }
    return image;
}
