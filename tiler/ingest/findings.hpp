#pragma once
// What was wrong with features that were read, in numbers and in words.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace relief::ingest {

/// What was met on the way, counted; told in plain words at the end.
enum class Finding : std::uint8_t {
    without_place,  ///< no geometry, or an empty one
    not_a_number,   ///< NaN or infinite coordinates
    not_on_earth,   ///< the coordinate system cannot place it
    repaired,       ///< invalid: self-crossing rings and the like, made valid
    beyond_repair,  ///< invalid, and nothing was left of it
    split,          ///< over the antimeridian
    cut_at_pole,    ///< a part lies beyond 85° north or south
    beyond_pole,    ///< all of it does
    collapsed,      ///< smaller than a centimetre
    text_recoded,   ///< not UTF-8, read as Windows-1252
    id_replaced,    ///< ids that repeat or fall
};
using Findings = std::map<Finding, std::uint64_t>;

/// "3 areas crossed themselves and were made valid", …; nothing for what was not met.
std::vector<std::string> in_sentences(const Findings& findings);

}  // namespace relief::ingest
