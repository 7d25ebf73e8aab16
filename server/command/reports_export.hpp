#pragma once
// relief reports export

#include "server/command/verbs.hpp"

#include <string>
#include <vector>

namespace relief::command {

struct ReportExportOptions {
    std::string format;  ///< empty: by the name of the file, else geojson
    std::string output;  ///< empty: standard output
    std::string bbox, since, until;
    std::vector<std::string> categories;
    std::string view = "open";
};

/// Gives the exit status.
int export_reports(const Context& context, const ReportExportOptions& options);

}  // namespace relief::command
