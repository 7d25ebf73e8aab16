#pragma once
// Reports written out: GeoJSON and CSV that come in again as they were, and KML for globes.

#include "tiler/core/enum_names.hpp"
#include "tiler/report/report.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace relief::report {

enum class Detail : std::uint8_t {
    open,   ///< what a low report shows to everyone; of others nothing is written at all
    exact,  ///< everything but whom it is from
};
inline constexpr EnumNames<2> detail_names{"open", "exact"};

/// Text before the first report, of each, and after the last. Each report must be fit for the
/// detail: the writer leaves parts out, not reports.
class ReportWriter {
public:
    ReportWriter() = default;
    virtual ~ReportWriter() = default;
    ReportWriter(const ReportWriter&) = delete;
    ReportWriter& operator=(const ReportWriter&) = delete;
    ReportWriter(ReportWriter&&) = delete;
    ReportWriter& operator=(ReportWriter&&) = delete;

    virtual std::string begin() = 0;
    virtual std::string write(const Report& report) = 0;
    virtual std::string end() = 0;
};

/// RFC 7946, one feature a line. A member "relief" marks it for read_reports().
std::unique_ptr<ReportWriter> geojson_writer(Detail detail);

/// RFC 4180 in UTF-8, with a row of HXL tags: both rows mark it for read_reports(). A cell of text
/// that a spreadsheet would take for a formula begins with an apostrophe.
std::unique_ptr<ReportWriter> csv_writer(Detail detail);

/// KML 2.2, a Placemark each.
std::unique_ptr<ReportWriter> kml_writer(Detail detail);

/// What a table has of a report, and the values in the same order.
std::vector<std::string> column_names(Detail detail);
std::vector<std::string> column_values(const Report& report, Detail detail);

}  // namespace relief::report
