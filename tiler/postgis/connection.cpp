#include "tiler/postgis/connection.hpp"

#include <algorithm>
#include <array>
#include <libpq-fe.h>
#include <poll.h>
#include <utility>

namespace relief::postgis {
namespace {

using std::chrono::milliseconds;

/// How often a wait asks whether the client has gone.
constexpr milliseconds look_up{50};
constexpr milliseconds longest_question{60'000};
constexpr milliseconds patience_for_greeting{5'000};
constexpr std::string_view query_canceled = "57014";

Error no_time_left() {
    return {Fault::out_of_time, "the layer's database did not answer in time"};
}

struct ResultCloser {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ResultCloser>;

/// The library's words end with a line feed.
std::string trimmed_words(const char* words) {
    std::string text(words == nullptr ? "" : words);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

Error refused_by_server(const PGresult* result) {
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state != nullptr && state == query_canceled) return no_time_left();
    return source_broken("the layer's table cannot be read",
                         trimmed_words(PQresultErrorMessage(result)));
}

/// True when there is something to read or room to write.
bool wait_for(int socket, short events, milliseconds at_most) {
    pollfd wanted{socket, events, 0};
    return ::poll(&wanted, 1, static_cast<int>(at_most.count())) > 0;
}

/// Until the deadline, at most.
milliseconds time_left(const Deadline& deadline) {
    const auto now = Deadline::Clock::now();
    if (deadline.end() <= now) return milliseconds(0);
    if (deadline.end() - now > longest_question) return longest_question;
    return std::chrono::duration_cast<milliseconds>(deadline.end() - now);
}

struct Keywords {
    std::vector<const char*> names, values;
    void add(const char* name, const std::string& value) {
        if (value.empty()) return;
        names.push_back(name);
        values.push_back(value.c_str());
    }
};

pg_conn* begin_connecting(const DatabaseAddress& address) {
    static const std::string program = "relief";
    static const std::string encoding = "UTF8";
    static const std::string kept_alive = "30";
    Keywords words;
    words.add("host", address.host);
    words.add("port", address.port);
    words.add("user", address.user);
    words.add("dbname", address.database);
    words.add("sslmode", address.sslmode);
    words.add("fallback_application_name", program);
    words.add("client_encoding", encoding);
    words.add("keepalives_idle", kept_alive);
    words.names.push_back(nullptr);
    words.values.push_back(nullptr);
    // 0: a database's name is never read as a connection string.
    return PQconnectStartParams(words.names.data(), words.values.data(), 0);
}

/// False when nobody answers, or not in time. Errors: out_of_time.
Result<bool> connect_further(pg_conn* connection, const Deadline& deadline) {
    const auto end = Deadline::Clock::now() + patience_for_greeting;
    auto step = PGRES_POLLING_WRITING;
    while (step != PGRES_POLLING_OK) {
        if (step == PGRES_POLLING_FAILED || PQsocket(connection) < 0) return false;
        const short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        while (!wait_for(PQsocket(connection), events, look_up)) {
            if (deadline.passed()) return no_time_left();
            if (Deadline::Clock::now() > end) return false;
        }
        step = PQconnectPoll(connection);
    }
    return true;
}

}  // namespace

void Connection::Closer::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Result<Connection> Connection::open(const DatabaseAddress& address, const Deadline& deadline) {
    Connection opened(begin_connecting(address));
    if (!opened.connection_) return source_broken("the layer's database cannot be reached");
    const auto connected = connect_further(opened.connection_.get(), deadline);
    if (!connected) return connected.error();
    if (!*connected) return opened.lost();
    // Notices go to the terminal else.
    PQsetNoticeProcessor(
        opened.connection_.get(), [](void*, const char*) {}, nullptr);
    if (auto ready = opened.prepare(deadline); !ready) return ready.error();
    return opened;
}

Error Connection::lost() const {
    return source_broken("the layer's database cannot be reached",
                         trimmed_words(PQerrorMessage(connection_.get())));
}

/// A server that can looks once a second whether we are still there while it works for us. Those
/// before PostgreSQL 14, and some systems, refuse: there its own time limit ends the work.
Result<void> Connection::notice_absence(const Deadline& deadline) {
    auto asked = run({"SET client_connection_check_interval = '1s'"},
                     deadline,
                     [](const Row&) -> Result<void> { return {}; });
    if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) return asked;
    return {};
}

/// Views and functions of others must not change what our words mean, and nothing can be written.
Result<void> Connection::prepare(const Deadline& deadline) {
    std::string schema;
    auto found =
        run({"SELECT n.nspname::text FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n "
             "ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"},
            deadline,
            [&](const Row& row) -> Result<void> {
                schema = row.text(0);
                return {};
            });
    if (!found) return found;
    if (schema.empty()) return source_broken("the layer's database has no PostGIS");
    if (auto asked = notice_absence(deadline); !asked) return asked;
    return run({"SELECT pg_catalog.set_config('search_path', $1, false), "
                "pg_catalog.set_config('default_transaction_read_only', 'on', false), "
                "pg_catalog.set_config('timezone', 'UTC', false), "
                "pg_catalog.set_config('datestyle', 'ISO', false)",
                {"pg_catalog, " + quoted(schema)}},
               deadline,
               [](const Row&) -> Result<void> { return {}; });
}

std::string Connection::quoted(const std::string& name) const {
    char* const text = PQescapeIdentifier(connection_.get(), name.data(), name.size());
    if (text == nullptr) return "\"\"";  // not UTF-8: such a name is not there
    std::string result(text);
    PQfreemem(text);
    return result;
}

bool Connection::keeps_utf8() const {
    const char* const encoding = PQparameterStatus(connection_.get(), "server_encoding");
    return encoding != nullptr && std::string_view(encoding) == "UTF8";
}

bool Connection::alive() {
    if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) return false;
    // What a server says last, it says unasked.
    return PQconsumeInput(connection_.get()) == 1 && PQstatus(connection_.get()) == CONNECTION_OK;
}

/// Told only when it changes, in whole seconds, so that it seldom does; a second before we give up,
/// so that the connection outlives a question that takes too long.
Result<void> Connection::limit_time(const Deadline& deadline) {
    constexpr std::int64_t second = 1000;
    const std::int64_t limit =
        std::max<std::int64_t>(time_left(deadline).count() / second - 1, 1) * second;
    if (limit == time_limit_) return {};
    auto told = run({"SELECT set_config('statement_timeout', $1, false)", {std::to_string(limit)}},
                    deadline,
                    [](const Row&) -> Result<void> { return {}; });
    if (told) time_limit_ = limit;
    return told;
}

Result<void> Connection::ask(const Question& question,
                             const Deadline& deadline,
                             const std::function<Result<void>(const Row&)>& take) {
    if (auto limited = limit_time(deadline); !limited) return limited;
    return run(question, deadline, take);
}

Result<bool> Connection::ask_one(const Question& question,
                                 const Deadline& deadline,
                                 const std::function<void(const Row&)>& take) {
    bool any = false;
    const auto asked = ask(question, deadline, [&](const Row& row) -> Result<void> {
        if (!std::exchange(any, true)) take(row);
        return {};
    });
    if (!asked) return asked.error();
    return any;
}

Result<void> Connection::run(const Question& question,
                             const Deadline& deadline,
                             const std::function<Result<void>(const Row&)>& take) {
    if (auto sent = send(question); !sent) return sent;
    return receive(deadline, take);
}

Result<void> Connection::send(const Question& question) {
    std::vector<const char*> values;
    for (const std::string& value : question.values) values.push_back(value.c_str());
    constexpr int binary = 1;
    const bool sent = PQsendQueryParams(connection_.get(),
                                        question.text.c_str(),
                                        static_cast<int>(values.size()),
                                        nullptr,
                                        values.data(),
                                        nullptr,
                                        nullptr,
                                        binary) == 1;
    if (!sent || PQsetSingleRowMode(connection_.get()) != 1) return lost();
    return {};
}

/// False when nothing more comes.
Result<bool> Connection::wait_for_result(const Deadline& deadline) {
    while (true) {
        if (PQflush(connection_.get()) < 0) return lost();
        if (PQisBusy(connection_.get()) == 0) return true;
        if (deadline.passed()) return no_time_left();
        if (wait_for(PQsocket(connection_.get()), POLLIN, look_up) &&
            PQconsumeInput(connection_.get()) != 1)
            return lost();
    }
}

Result<void> Connection::outcome_of(const pg_result* result) const {
    const auto status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return {};
    const bool connected = PQstatus(connection_.get()) == CONNECTION_OK;
    return connected ? refused_by_server(result) : lost();
}

Result<void> Connection::receive(const Deadline& deadline,
                                 const std::function<Result<void>(const Row&)>& take) {
    Result<void> outcome;
    while (true) {
        const auto ready = wait_for_result(deadline);
        if (!ready) {
            give_up();
            return ready.error();
        }
        const ResultPointer result(PQgetResult(connection_.get()));
        if (!result) return outcome;
        if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE) {
            outcome = outcome_of(result.get());
        } else if (auto taken = take(Row(result.get())); !taken) {
            give_up();
            return taken;
        }
    }
}

/// Somewhere within an answer: the connection is closed, and asked nothing again. PQcancel would
/// open another one and wait for it without end. The server ends by itself: at the
/// statement_timeout that limit_time() tells it before each question, or when it notices that
/// nobody listens, see notice_absence().
void Connection::give_up() {
    connection_.reset();
}

Result<void> Connection::listen(const std::string& channel, const Deadline& deadline) {
    return ask(
        {"LISTEN " + quoted(channel)}, deadline, [](const Row&) -> Result<void> { return {}; });
}

Result<std::vector<std::string>> Connection::notices(milliseconds at_most) {
    std::vector<std::string> payloads;
    wait_for(PQsocket(connection_.get()), POLLIN, at_most);
    if (!alive()) return lost();
    while (PGnotify* const notice = PQnotifies(connection_.get())) {
        payloads.emplace_back(notice->extra == nullptr ? "" : notice->extra);
        PQfreemem(notice);
    }
    return payloads;
}

}  // namespace relief::postgis
