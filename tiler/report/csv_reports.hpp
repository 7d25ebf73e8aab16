#pragma once
// Reports in tables: columns by HXL tag first, then by header; never by position.

#include "tiler/report/reading.hpp"

namespace relief::report {

/// UTF-8, but for single rows where `all_utf8` is false.
struct TableText {
    std::string_view text;
    bool all_utf8 = true;
};

/// Sets reading.format. Errors: bad_request when no columns say where: what they are called, and
/// which would be known.
Result<void> read_table(const TableText& table,
                        const ReadingWish& wish,
                        Reading& reading,
                        const Finder& find);

}  // namespace relief::report
