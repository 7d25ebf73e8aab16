#pragma once
// Reports that may tell of the same thing: near in place and time, in like words.

#include "tiler/report/report.hpp"
#include "tiler/report/report_filter.hpp"

#include <string_view>
#include <vector>

namespace relief::intake {

struct Likeness {
    report::Report report;
    double score = 0;     ///< 0 to 1
    double distance = 0;  ///< metres
    double hours = 0;     ///< between the two
    double words = 0;     ///< 0 to 1, see like_words()
};

/// Within 2 km and three days: beyond, nothing is suggested.
report::ReportFilter neighbourhood_of(const report::Report& report);

/// Share of the three-letter pieces of both that they have in common (Jaccard), letters of ASCII in
/// lower case. 0 when one has none.
double like_words(std::string_view one, std::string_view other);

/// Those of the others that are likely enough to be shown to a moderator, the likeliest first, ten
/// at most. Half of the score are words, the rest how near they are in place and time.
std::vector<Likeness> likenesses(const report::Report& report, std::vector<report::Report> others);

}  // namespace relief::intake
