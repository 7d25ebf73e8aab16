#pragma once
// Words for severity, state and precision, as the collections write them.

#include "tiler/report/reading.hpp"

#include <optional>
#include <string_view>

namespace relief::report {

/// CAP's words, low to critical, and GDACS's colours. Nothing: another word.
std::optional<Severity> severity_of(std::string_view word);

/// A word for a state, in a collection's own sense. `status` empty: it says nothing of ours, such
/// as "published" of Ushahidi, which means written down and not checked. Nothing: another word.
struct StatedStatus {
    std::optional<Status> status{};
};
std::optional<StatedStatus> status_of(Format format, std::string_view word);

/// A collection's code, or a word. Nothing: another word.
std::optional<Precision> precision_of(Format format, std::string_view word);

/// What is known of a collection as a whole.
struct Collection {
    std::string_view origin;       ///< empty: its files count their rows each for itself
    std::string_view licence;      ///< empty: not stated
    std::string_view attribution;  ///< likewise
    bool is_curated = false;       ///< checked by those who publish it
};
const Collection& collection_of(Format format) noexcept;

}  // namespace relief::report
