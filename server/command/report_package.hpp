#pragma once
// Reports as a GeoPackage (OGC 12-128r18): one table of points.

#include "tiler/core/result.hpp"
#include "tiler/report/report_writer.hpp"
#include "tiler/workspace/database.hpp"

#include <filesystem>

namespace relief::command {

class ReportPackage {
public:
    /// A new file; one that is there is an error of the caller. Errors: source_broken.
    static Result<ReportPackage> make(const std::filesystem::path& file, report::Detail detail);

    Result<void> write(const report::Report& report);
    /// Nothing is in the file before.
    Result<void> finish();

private:
    ReportPackage(workspace::Connection connection, report::Detail detail)
        : connection_(std::move(connection)), detail_(detail) {}

    workspace::Connection connection_;
    report::Detail detail_;
};

}  // namespace relief::command
