// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/taskthread.h"
#include "tests/support/catch.h"

#include <chrono>
#include <vector>

using namespace tz;

TEST_CASE("a task thread does everything in order and ends when all is done", "[taskthread]")
{
    std::vector<int> done;
    std::thread::id first;
    {
        TaskThread thread;
        thread.start([&first] {
            first = std::this_thread::get_id();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        });
        for (int i = 0; i < 100; ++i) {
            thread.start([&done, &first, i] {
                if (std::this_thread::get_id() == first)
                    done.push_back(i);
            });
        }
    }
    REQUIRE(done.size() == 100);
    for (int i = 0; i < 100; ++i)
        CHECK(done[size_t(i)] == i);
    CHECK(first != std::this_thread::get_id());
}
