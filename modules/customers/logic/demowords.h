// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>

#include <vector>

namespace tz::customers::demo {

struct Place {
    QString city, province, areaCode;
    /// Name of the sales team that looks after it.
    QString team;
    /// First six digits of credit codes there.
    QString code;
};
struct Foreign {
    QString name, country, city, industry, currency;
};
struct Said {
    QString method, subject, content;
};

const std::vector<Place> &places();
const std::vector<QString> &trunks();
/// Line of business as it stands in company names, and the industry it belongs to.
const std::vector<std::pair<QString, QString>> &businesses();
const std::vector<Foreign> &foreigners();
const std::vector<QString> &familyNames();
const std::vector<QString> &givenNames();
const std::vector<std::pair<QString, QString>> &foreignPeople();
const std::vector<std::pair<QString, QString>> &jobs();
const std::vector<std::pair<QString, QString>> &foreignJobs();
const std::vector<Said> &talks();
const std::vector<Said> &foreignTalks();

} // namespace tz::customers::demo
