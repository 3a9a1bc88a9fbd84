// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "restfixture.h"
#include "server/webhooks/deliverer.h"
#include "sockets.h"

using namespace tz;
using namespace tz::test;

namespace {
/// A server with the machine's own clock and dice: the tests' belong to one thread.
struct RealFixture {
    SystemClock clock;
    SystemEntropy entropy;
    ServerFixture fixture;

    RealFixture()
    {
        fixture.environment.clock = &clock;
        fixture.environment.entropy = &entropy;
        fixture.reopen();
    }
};

struct RealServer : RealFixture {
    std::unique_ptr<server::HttpServer> http;

    RealServer()
    {
        server::NetOptions options;
        options.limits.pollMs = 3;
        options.limits.jobsMs = 5;
        options.limits.wakeEveryMs = 1;
        auto listening = server::HttpServer::listen(*fixture.api, options);
        REQUIRE_RESULT(listening);
        http = std::move(*listening);
        http->start();
    }
    ~RealServer() { http->stop(); }
};

QByteArray listen(const QByteArray &token)
{
    return "GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
           token + "\r\n\r\n";
}
} // namespace

// ThreadSanitizer watches these; the checks themselves are made on one thread, as Catch wants it.

TEST_CASE("everything at once: signing in, pushing, pulling, listening and new fields", "[server][threads]")
{
    RealServer server;
    ServerFixture &fixture = server.fixture;
    constexpr int laptops = 3;
    constexpr int each = 15;
    std::vector<std::unique_ptr<Laptop>> all;
    std::vector<std::vector<Batch>> batches(laptops);
    std::vector<std::unique_ptr<Socket>> listeners;
    for (size_t i = 0; i < laptops; ++i) {
        const QByteArray name = "user" + QByteArray::number(qsizetype(i));
        fixture.addUser(name.constData(), {QStringLiteral("sales")}, "North");
        all.push_back(std::make_unique<Laptop>(fixture, name.constData()));
        for (int k = 0; k < each; ++k)
            batches[i].push_back(
                all[i]->batch({create("crm.account", fixture.ids.next(), {edit("name", Value(QString::number(k)))})}));
        listeners.push_back(std::make_unique<Socket>(server.http->port()));
        listeners.back()->send(listen(all[i]->token));
        REQUIRE(statusOf(listeners.back()->readAnswer()) == 101);
    }
    Laptop admin(fixture, "admin");
    std::vector<Batch> fields;
    for (int k = 0; k < 4; ++k) {
        const QString name = QStringLiteral("x_%1").arg(k);
        const QString definition = QStringLiteral(R"({"name": "%1", "type": "text", "label": "%1"})").arg(name);
        fields.push_back(admin.batch({create(
            "foundation.custom_field", fixture.ids.next(),
            {edit("entity", text("crm.note")), edit("name", Value(name)), edit("definition", Value(definition))})}));
    }

    std::atomic<int> faults = 0, accepted = 0;
    const auto expect = [&](bool right) { faults += right ? 0 : 1; };
    std::vector<std::thread> threads;
    for (size_t i = 0; i < laptops; ++i) {
        threads.emplace_back([&, i] {
            for (const Batch &batch : batches[i]) {
                const auto pushed = all[i]->push({batch});
                const bool taken =
                    pushed && pushed->answers.size() == 1 && pushed->answers[0].status == wire::BatchStatus::Accepted;
                accepted += taken ? 1 : 0;
                expect(all[i]->hello().has_value());
                expect(all[i]->pullOnce().has_value());
            }
        });
    }
    threads.emplace_back([&] {
        for (const Batch &batch : fields) {
            const auto pushed = admin.push({batch});
            accepted +=
                pushed && pushed->answers.size() == 1 && pushed->answers[0].status == wire::BatchStatus::Accepted ? 1
                                                                                                                  : 0;
        }
    });
    threads.emplace_back([&] {
        wire::LoginRequest login;
        for (int k = 0; k < 8; ++k) {
            login.user = QStringLiteral("user%1").arg(k % laptops);
            login.password = QLatin1String(k % 4 == 3 ? "wrong-" : "secret-") + login.user;
            const int status = fixture.ask("/v1/login", {}, wire::encode(login)).status;
            expect(status == (k % 4 == 3 ? 401 : 200));
        }
    });
    threads.emplace_back([&] {
        for (int k = 0; k < 20; ++k) {
            Socket socket(server.http->port());
            socket.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
            expect(statusOf(socket.readAnswer()) == 200);
        }
    });
    for (std::thread &thread : threads)
        thread.join();
    CHECK(faults == 0);
    CHECK(accepted == laptops * each + 4);
    // The last wake-up names the newest revision of a colleague.
    const qint64 newest = all[1]->make({create("crm.note", fixture.ids.next(), {edit("text", text("n"))})}).rev;
    const QByteArray digits = QByteArray::number(newest);
    const QByteArray frames =
        listeners[0]->read([&](const QByteArray &bytes) { return bytes.endsWith(digits); }, 10'000);
    CHECK(frames.endsWith(digits));
}

TEST_CASE("a server that is told to stop amid requests ends, and what it acknowledged is there", "[server][threads]")
{
    std::atomic<int> acknowledged = 0;
    RealServer server;
    Laptop admin(server.fixture, "admin");
    std::vector<QByteArray> requests;
    for (int i = 0; i < 400; ++i) {
        wire::PushRequest request;
        request.batches = {admin.batch({create("crm.note", server.fixture.ids.next(), {edit("text", text("n"))})})};
        requests.push_back(post("/v1/push", admin.token, wire::compress(wire::encode(request))));
    }
    const quint16 port = server.http->port();
    std::thread client([&] {
        Socket socket(port);
        for (const QByteArray &request : requests) {
            if (!socket.send(request) || statusOf(socket.readAnswer()) != 200)
                break;
            ++acknowledged;
        }
    });
    for (int waited = 0; acknowledged < 5 && waited < 20'000; ++waited)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto start = Ticker::now();
    server.http->stop();
    client.join();
    CHECK(msSince(start) < 10'000);
    admin.pull();
    CHECK(acknowledged >= 5);
    CHECK(admin.records.value(note).size() >= acknowledged.load());
    CHECK(admin.records.value(note).size() <= acknowledged.load() + 1);
}

TEST_CASE("everything at once: other programs, laptops, webhooks and administrators", "[server][threads]")
{
    RealFixture real;
    ServerFixture &fixture = real.fixture;
    server::Service &service = fixture.api->service();
    fixture.addUser("mary", {QStringLiteral("sales_manager")});
    constexpr int programs = 3;
    constexpr int each = 12;
    std::vector<std::unique_ptr<Bridge>> all;
    for (int i = 0; i < programs; ++i)
        all.push_back(std::make_unique<Bridge>(fixture, "mary",
                                               QStringList{QStringLiteral("read:*"), QStringLiteral("write:*")},
                                               ("bridge" + QByteArray::number(i)).constData()));
    std::atomic<int> delivered{0};
    server::Deliverer deliverer(service.storage(), service.scopes(), service.webhooks(),
                                [&](const server::Delivery &) -> Result<> {
                                    ++delivered;
                                    return {};
                                });
    const auto hook = service.webhooks().add({QStringLiteral("https://erp.example.com"),
                                              account,
                                              {QStringLiteral("create")},
                                              QStringLiteral("mary"),
                                              false});
    REQUIRE_RESULT(hook);
    deliverer.start();
    std::atomic<int> made{0}, wrong{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < programs; ++i) {
        threads.emplace_back([&, i] {
            const auto ask = [&](const char *method, const QByteArray &path, const QByteArray &body) {
                server::rest::Request request;
                request.method = method;
                request.target = "/api/v1/" + path;
                request.token = all[size_t(i)]->token;
                request.body = body;
                request.contentType = "application/json";
                request.acceptLanguage = i == 0 ? "zh" : "en";
                return server::rest::handle(service, request).status;
            };
            for (int k = 0; k < each; ++k) {
                made += ask("POST", "records/crm.account", "{\"name\": \"x\"}") == 201 ? 1 : 0;
                wrong += ask("GET", "records/crm.account?sort=-name&filter=double_margin%3E1", {}) == 200 ? 0 : 1;
                wrong += ask("POST", "records/crm.account", "{\"name\": 1}") == 422 ? 0 : 1;
                deliverer.wake();
            }
        });
    }
    threads.emplace_back([&] {
        for (int k = 0; k < 5; ++k) {
            const QString name = QStringLiteral("short %1").arg(k);
            wrong += service.tokens().add({name, QStringLiteral("mary"), {QStringLiteral("read:*")}, {}}) ? 0 : 1;
            wrong += service.tokens().revoke(name) ? 0 : 1;
            wrong += fixture.api->metrics().isEmpty() || deliverer.metrics().isEmpty() ? 1 : 0;
        }
    });
    for (std::thread &thread : threads)
        thread.join();
    CHECK(made == programs * each);
    CHECK(wrong == 0);
    const auto start = Ticker::now();
    while (delivered.load() < programs * each && msSince(start) < 20'000)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(delivered == programs * each);
    deliverer.stop();
}
