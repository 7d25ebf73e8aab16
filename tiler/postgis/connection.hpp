#pragma once
// One connection to a database: questions with values, answers row by row, never beyond a deadline.

#include "tiler/core/deadline.hpp"
#include "tiler/core/result.hpp"
#include "tiler/core/table_address.hpp"
#include "tiler/postgis/row.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace relief::postgis {

/// `values` stand for $1, $2, … in the text and never come into it.
struct Question {
    std::string text;
    std::vector<std::string> values{};
};

/// Belongs to one thread at a time. Reads only: its transactions cannot write.
class Connection {
public:
    /// Errors: source_broken when the database cannot be reached or does not let us in;
    /// out_of_time.
    static Result<Connection> open(const DatabaseAddress& address, const Deadline& deadline);

    /// Row by row; what `take` says ends it, and the connection with it, as the deadline does: ask
    /// alive() before it is asked again. The server is told to give up at the deadline too.
    /// Errors: what `take` says; out_of_time; source_broken with the server's words as detail.
    Result<void> ask(const Question& question,
                     const Deadline& deadline,
                     const std::function<Result<void>(const Row&)>& take);

    /// The first row only; false when there is none.
    Result<bool> ask_one(const Question& question,
                         const Deadline& deadline,
                         const std::function<void(const Row&)>& take);

    /// False when it was lost; looked at without a question.
    bool alive();
    /// Whether texts are kept as they come: then they are ordered and compared as their bytes are.
    bool keeps_utf8() const;
    /// A name as it stands in the text of a question.
    std::string quoted(const std::string& name) const;

    /// From now on notices of the channel come to this connection. Errors: as ask().
    Result<void> listen(const std::string& channel, const Deadline& deadline);
    /// Waits until a notice comes or the time is over, and gives the payloads of all that came.
    /// Errors: source_broken when the connection is lost.
    Result<std::vector<std::string>> notices(std::chrono::milliseconds at_most);

private:
    struct Closer {
        void operator()(pg_conn* connection) const;
    };
    explicit Connection(pg_conn* connection) : connection_(connection) {}
    Result<void> prepare(const Deadline& deadline);
    Result<void> notice_absence(const Deadline& deadline);
    Result<void> limit_time(const Deadline& deadline);
    Result<void> send(const Question& question);
    Result<void> receive(const Deadline& deadline,
                         const std::function<Result<void>(const Row&)>& take);
    Result<void> outcome_of(const pg_result* result) const;
    Result<bool> wait_for_result(const Deadline& deadline);
    Result<void> run(const Question& question,
                     const Deadline& deadline,
                     const std::function<Result<void>(const Row&)>& take);
    Error lost() const;
    void give_up();

    std::unique_ptr<pg_conn, Closer> connection_;  ///< null: left in the middle of an answer
    std::int64_t time_limit_ = 0;                  ///< that the server knows of, milliseconds
};

}  // namespace relief::postgis
