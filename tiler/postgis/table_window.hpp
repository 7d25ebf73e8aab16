#pragma once
// The features of a table in a part of the world, as an index over just these.

#include "tiler/core/boxes.hpp"
#include "tiler/core/deadline.hpp"
#include "tiler/core/instant.hpp"
#include "tiler/core/result.hpp"
#include "tiler/postgis/connection.hpp"
#include "tiler/postgis/question_writer.hpp"
#include "tiler/postgis/table_facts.hpp"
#include "tiler/vector/index_builder.hpp"
#include "tiler/vector/shape.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relief::postgis {

/// What a tile may be made of.
inline constexpr std::size_t most_rows = 100'000;
/// What may be counted for one; of points only numbers are shown then.
inline constexpr std::size_t most_counted_rows = 1'000'000;
/// Of memory, for geometries, values and what finds them.
inline constexpr std::size_t most_bytes = std::size_t{128} << 20U;

struct WindowWish {
    vector::WorldBox box;  ///< steps of the world; what lies elsewhere need not come
    /// Which columns of the facts are read; the others are null.
    std::vector<bool> columns;
    /// Both ends inside, an end that is missing is open; nothing: of any time, or of none. Rows up
    /// to a day further may come too.
    struct Period {
        std::optional<Instant> first;
        std::optional<Instant> last;
    };
    std::optional<Period> period{};
    /// What condition_words() said of them is true of all rows that come: operands of AND, and the
    /// values that they name.
    std::vector<std::string> conditions{};
    QuestionWriter values{};
    /// Says which features are wanted; empty: all are.
    std::function<bool(const vector::SourceFeature&)> wanted{};
    /// Areas of many points, of which parts come, are told with the place of their name.
    bool labels = false;
    /// Where more rows are met: true: the largest stay, points by a lot that is the same in every
    /// window, and the others are counted; false: an error.
    bool may_thin = true;
    std::size_t most = most_rows;
    Deadline deadline{};
};

/// Told each feature, up to an error if there is one. Gives how many were left out; those that
/// lie at no place of the world are, always.
/// Errors: too_large for more rows or bytes than are read at once, saying what helps;
/// source_broken; out_of_time.
Result<std::uint64_t> read_window(Connection& connection,
                                  const TableFacts& facts,
                                  const WindowWish& wish,
                                  const std::function<void(const vector::SourceFeature&)>& take);

/// Moments of the time column that a wish for the newest, or for the nearest to a period, may mean:
/// the newest, or the last before the period, one in it and the first after it.
Result<std::vector<InstantRange>> newest_moments(Connection& connection,
                                                 const TableFacts& facts,
                                                 const Deadline& deadline);
Result<std::vector<InstantRange>> nearest_moments(Connection& connection,
                                                  const TableFacts& facts,
                                                  const WindowWish::Period& period,
                                                  const Deadline& deadline);

}  // namespace relief::postgis
